import type { PartData } from '@messlatte/model'
import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { followBoots, prefixOf } from '../../services/boot/graph.ts'
import type { PartFact } from '../mechanism/facts.ts'
import * as say from './say.ts'

type Started = (PartData & { readonly id: 'agent' })['started']

/** Reduce: relates programs to what the files of the boot start. */
export function concludePrograms(facts: Facts, out: ReduceOut): void {
  const boots = followBoots(facts)
  for (const fact of facts.of('update.elf-program')) {
    const { root, inner } = fact.place
    const prefix = prefixOf(inner)
    const own = `/${inner.slice(prefix.length)}`
    const services = boots.flatMap((boot) =>
      boot.root === root
        ? boot.services.filter(({ words }) => boot.system.resolve(words[0] ?? '') === own)
        : [],
    )
    const started: Started = services.some(({ conditions }) => conditions.length === 0)
      ? 'boot'
      : services.length > 0
        ? 'condition'
        : 'unknown'
    giveProgram(fact, started, out)
  }
}

function giveProgram({ place, data }: Fact<'update.elf-program'>, started: Started, out: ReduceOut): void {
  const { program, hands, fetches, writes, verifies, switches, addresses } = data
  const client = { id: `program:${program}`, title: { en: program, de: program } }
  const give = (where: Place, given: Omit<PartFact, 'client' | 'how' | 'polarity'> & Partial<PartFact>) =>
    out.fact('update.part', where, { client, how: 'program', polarity: 'neutral', ...given })
  const at = (offset: number, length: number): Place => ({ ...place, offset, length })
  const agent: PartData = { id: 'agent', version: null, program, started }
  for (const { to, by, imported } of hands) {
    give(place, {
      part: agent,
      statement: say.hands(program, to, by),
      confidence: imported ? say.LINKED : say.TEXTS,
      observation: { handsTo: to, by, repeat: imported ? `nm -D ${program}` : `strings -t d ${program}` },
    })
  }
  const [write] = writes
  if (write) {
    const texts = writes.map(({ text }) => text)
    give(at(write.offset, write.text.length), {
      part: agent,
      statement: say.fetchesAndWrites(program, fetches, texts),
      confidence: say.TEXTS,
      observation: {
        imports: [...fetches],
        texts,
        repeat: `nm -D ${program}; strings -t d ${program}`,
      },
    })
  }
  for (const { url, scheme, offset, length } of addresses) {
    give(at(offset, length), {
      part: { id: 'source', way: 'remote', protocol: scheme, address: url },
      statement: say.address(program, url),
      confidence: say.TEXTS,
      observation: { repeat: `strings -t d ${program}` },
    })
  }
  for (const { text, offset, ambiguous, decided } of switches) {
    give(at(offset, 4), {
      part: { id: 'transport', checks: decided ? 'unknown' : 'skipped', authorities: null },
      polarity: decided ? 'neutral' : 'against',
      statement: decided ? say.decidesLater(program, text) : say.switchesOff(program, text),
      confidence: ambiguous ? say.CALLED_BY_EITHER : say.CALLED,
      observation: {
        call: text,
        switchedOnElsewhere: decided,
        repeat: `objdump -d ${program}, at the file offset`,
      },
      ...(decided ? {} : { overturnedBy: say.SWITCH_OVERTURNED }),
    })
  }
  if (verifies.length > 0) {
    give(place, {
      part: { id: 'packageCheck', checks: 'unknown', key: null },
      statement: say.verifies(program, verifies),
      confidence: say.TEXTS,
      observation: { imports: [...verifies], repeat: `nm -D ${program}` },
    })
  }
}
