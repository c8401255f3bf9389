/* For a source of yours, <sys/module.h>: a kernel module's declarations. */
#ifndef KPI_SYS_MODULE_H
#define	KPI_SYS_MODULE_H

typedef enum modeventtype {
	MOD_LOAD, MOD_UNLOAD, MOD_SHUTDOWN, MOD_QUIESCE
} modeventtype_t;

struct module;
typedef struct module *module_t;
typedef int (*modeventhand_t)(module_t, int, void *);

typedef struct moduledata {
	const char	*name;
	modeventhand_t	 evhand;
	void		*priv;
} moduledata_t;

/* Names the data, so that they are used. */
#define	DECLARE_MODULE(name, data, sub, order)				\
	static const void *const kpi_module_##name			\
	    __attribute__((used)) = &(data)
#define	MODULE_VERSION(name, version)	struct kpi_module_version
#define	MODULE_DEPEND(name, on, least, wanted, most)			\
	struct kpi_module_depend

#endif /* KPI_SYS_MODULE_H */
