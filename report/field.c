/*
 * Fields of a line, checked.  Read field.h first.
 */
#include "field.h"

#include <stdarg.h>
#include <stdio.h>

int
rp_fail(char message[RP_MESSAGE], const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(message, RP_MESSAGE, format, ap);
	va_end(ap);
	return (-1);
}

int
rp_get_string(json_t *line, const char *field, const char **value,
    char message[RP_MESSAGE])
{
	json_t *v = json_object_get(line, field);

	*value = json_string_value(v);
	if (*value == NULL)
		return (rp_fail(message, "field \"%s\" is %s", field,
		    v == NULL ? "missing" : "no string"));
	for (const char *s = *value; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return (rp_fail(message, "field \"%s\" holds a control "
			    "character", field));
	return (0);
}

int
rp_get_number(json_t *line, const char *field, double min, double max,
    double *value, char message[RP_MESSAGE])
{
	json_t *v = json_object_get(line, field);

	if (!json_is_number(v))
		return (rp_fail(message, "field \"%s\" is %s", field,
		    v == NULL ? "missing" : "no number"));
	*value = json_number_value(v);
	if (!(*value >= min && *value <= max))
		return (rp_fail(message, "field \"%s\" is %g, which is not in "
		    "%g to %g", field, *value, min, max));
	return (0);
}

int
rp_get_optional(json_t *line, const char *field, double min, double max,
    double absent, double *value, char message[RP_MESSAGE])
{
	*value = absent;
	return (json_object_get(line, field) == NULL ? 0 :
	    rp_get_number(line, field, min, max, value, message));
}
