import { startProcd } from './procd.ts'
import { tokensOf } from './quoting.ts'
import { linesOf, type Starter } from './starter.ts'
import type { System } from './system.ts'

const FILE = '/etc/inittab'
const USUAL_LEVEL = '3'

/** `id:levels:action:process`, of sysv, busybox and procd. */
export function startInittab(system: System, starter: Starter): void {
  const lines = linesOf(system.source(FILE) ?? '').flatMap(({ text, offset }) => {
    const match = /^([^:]*):([^:]*):([^:]*):(.*)$/.exec(text)
    if (!match) return []
    const [, id = '', levels = '', action = '', process = ''] = match
    return [{ id, levels, action, process: process.trim(), text, offset }]
  })
  const level = lines.find(({ action }) => action === 'initdefault')?.levels || USUAL_LEVEL
  for (const { levels, action, process, text, offset } of lines) {
    if (
      !/^(?:respawn|respawnlate|askfirst|askconsole|askconsolelate|once|wait|sysinit|boot|bootwait|ondemand)$/.test(
        action,
      )
    )
      continue
    const early = /^(?:sysinit|boot|bootwait)$/.test(action)
    const inLevel = early || levels === '' || levels.includes(level)
    if (!inLevel && action !== 'ondemand') continue
    const where = {
      conditions: action === 'ondemand' ? [`ondemand ${levels}`] : [],
      chain: [FILE],
      file: FILE,
      offset,
      text,
      managed: /^(?:respawn|askfirst|respawnlate)/.test(action),
    }
    const words = tokensOf(process.replace(/^[-+@]/, ''))
    // procd knows this one by itself.
    if (/\/rcS$/.test(words[0] ?? '') && system.source(words[0] ?? '') === undefined)
      startProcd(system, starter, where)
    else if (/[;&|<>$]/.test(process)) starter.text(process, FILE, [], where)
    else starter.start(words, where)
  }
}
