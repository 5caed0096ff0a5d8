import type { Fact, Facts } from '../../contract.ts'
import { followBoots } from '../boot/graph.ts'
import type { BootService } from '../boot/service.ts'
import './facts.ts'
import { shellOf } from './shells.ts'

/** A start of a shell that the boot was followed to. */
export interface FollowedShell {
  readonly start: Fact<'service.start'>
  readonly service: BootService
}

/** Shells that the boots of the release lead to, and the roots of which the boot is known. */
export function followShells(facts: Facts): {
  readonly shells: readonly FollowedShell[]
  readonly known: ReadonlySet<string>
} {
  const boots = followBoots(facts).filter(({ services }) => services.length > 0)
  const shells = boots.flatMap(({ services }) => services.flatMap((service) => followed(service) ?? []))
  return { shells, known: new Set(boots.map(({ root }) => root)) }
}

function followed(service: BootService): FollowedShell | undefined {
  const { place, words, text, conditions } = service
  const terminal = /^([\w-]*)::?(?:respawn|askfirst|once|wait|sysinit)/.exec(text)?.[1] || undefined
  const offset = place?.offset ?? 0
  const shell = shellOf({
    words,
    text,
    offset,
    conditional: conditions.length > 0,
    ...(words.length === 1 ? { terminal: terminal ?? 'console' } : {}),
  })
  if (!shell || !place) return undefined
  const data = { words, text, conditional: conditions.length > 0, terminal: terminal ?? null, shell }
  return { service, start: { kind: 'service.start', place, data } }
}
