import { type Circumstances, linesOf, type Starter } from './starter.ts'
import type { System } from './system.ts'

/** OpenWrt: the links in `rc.d` name what starts, in their order. */
export function startProcd(system: System, starter: Starter, where: Circumstances): void {
  for (const path of system.glob('/etc/rc.d/S*')) {
    const file = system.resolve(path)
    const text = system.source(file)
    if (text === undefined) continue
    const next = { ...where, chain: [...where.chain, file], file, managed: false }
    if (!isRcCommon(text)) starter.script(file, ['boot'], next)
    else startRcCommon(text, file, starter, next)
  }
}

/** A script of `rc.common` has functions only; which of them is called stands elsewhere. */
export function isRcCommon(text: string): boolean {
  return /^#!.*rc\.common/.test(linesOf(text.replace(/^#!/, '!!'))[0]?.text.replace(/^!!/, '#!') ?? '')
}

export function startRcCommon(text: string, file: string, starter: Starter, where: Circumstances): void {
  const has = (name: string) => new RegExp(`^[ \\t]*(?:function[ \\t]+)?${name}[ \\t]*\\(\\)`, 'm').test(text)
  const entry = ['boot', 'start', 'start_service'].filter(has)
  const called = entry[0] === 'boot' && entry.length > 1 ? entry : entry.slice(0, 1)
  // `boot` of rc.common calls `start`, and `start` calls `start_service`, unless the script says otherwise.
  const missing =
    called.includes('boot') && !has('start') && has('start_service')
      ? '\nstart() { start_service "$@"; }\n'
      : ''
  if (called.length > 0) starter.text(`${text}\n${missing}\n${called[0]}\n`, file, [], where)
}
