import type { Service } from '@messlatte/model'
import { compareText } from './natural-order.ts'
import { sorted } from './sorting.ts'

export function serviceJson(services: readonly Service[]) {
  const byPlace = (a: Service, b: Service) =>
    compareText(a.root, b.root) || compareText(a.name, b.name) || compareText(a.command, b.command)
  return sorted(services, byPlace).map((it) => ({
    name: it.name,
    title: it.title,
    root: it.root,
    command: it.command,
    when: it.when,
    conditions: it.conditions,
    chain: it.chain,
    path: it.path,
    offset: it.offset,
    length: it.length,
    sha256: it.sha256,
    user: it.user,
    listens: it.listens.map(({ protocol, port }) => ({ protocol, port })),
    reads: it.reads,
    authenticates: it.authenticates,
    missing: it.missing,
  }))
}
