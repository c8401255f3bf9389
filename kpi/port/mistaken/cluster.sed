# VPO_BUSY beside a count: m->busy becomes vm_page_sbusied(m), word for word, and
# a page that somebody has exclusively is shared busied too.  9.x counted.
/m == NULL/ s/vm_page_busied(m)/vm_page_sbusied(m)/
