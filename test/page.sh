#!/bin/sh
# page.sh: report.html in a headless Chromium, driven by test/page.py.
# KEEP=DIR keeps the pages and their screenshots there.
set -eu
python=/usr/bin/python3		# Debian's, which has Debian's Selenium
for need in chromium chromedriver; do
	if ! command -v $need >/dev/null; then
		echo "not ok - $need is missing; run tools/setup check"
		exit 1
	fi
done
if ! $python -c 'import selenium' 2>/dev/null; then
	echo "not ok - python3-selenium is missing; run tools/setup check"
	exit 1
fi
exec timeout 120 $python -B test/page.py ${KEEP:+"$KEEP"}
