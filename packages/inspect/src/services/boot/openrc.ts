import { linesOf, type Starter } from './starter.ts'
import type { System } from './system.ts'

/** What openrc-run sets before it reads a script. */
const DEFAULTS = 'command_args=\ncommand_args_background=\nstart_stop_daemon_args=\n'
const LEVELS = ['sysinit', 'boot', 'default'] as const

export function isOpenRcSystem(system: System): boolean {
  return LEVELS.some((level) => system.list(`/etc/runlevels/${level}`).length > 0)
}

/** OpenRC: what stands in the usual run levels, each with its settings from `conf.d`. */
export function startOpenRc(system: System, starter: Starter): void {
  for (const level of LEVELS) {
    for (const name of system.list(`/etc/runlevels/${level}`)) {
      const file = `/etc/init.d/${name}`
      const text = system.source(file)
      if (text === undefined || !/^#!.*(?:openrc-run|runscript)/.test(firstLine(text))) continue
      const own = /^[ \t]*start[ \t]*\(\)/m.test(text)
      const settings = system.source(`/etc/conf.d/${name}`) ?? ''
      const call = own ? 'start' : 'daemonize $command $command_args $start_stop_daemon_args'
      starter.text(`${DEFAULTS}${settings}\n${text}\n${call}\n`, file, [], {
        conditions: [],
        chain: [`/etc/runlevels/${level}/${name}`, file],
        file,
        offset: 0,
        text: name,
        managed: false,
      })
    }
  }
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\n') + 1) || linesOf(text)[0]?.text || text
}
