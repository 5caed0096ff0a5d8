import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { followBoots } from '../../services/boot/graph.ts'
import { NAMES as CLIENT_NAMES } from '../clients/say.ts'
import { IN_FILE_SYSTEM } from '../file-systems.ts'
import type { PartFact } from '../mechanism/facts.ts'
import { lineAt } from '../mechanism/lines.ts'
import { byClient } from '../scripts/clients.ts'
import { type FollowedScript, followScripts } from '../scripts/follow.ts'
import * as say from './say.ts'
import { STAGE_WORDS, STAGES, type Stage, stagesOf } from './stages.ts'
import { numberedPartitions, targetOf } from './targets.ts'

/** Something that an update replaces, and what says so. */
interface Reached {
  readonly stage: Stage
  readonly target: string | null
  readonly place: Place
  readonly given: Omit<PartFact, 'part' | 'polarity'>
}

/** Something that is in the release. */
interface Component {
  readonly stage: Stage
  readonly name: string
  readonly place: Place
}

const PACKAGE_MANAGERS: ReadonlySet<string> = new Set(['opkg', 'apt', 'apk'])
const MOST_COMPONENTS = 20

/** Reduce: what the mechanisms of a release replace, against what is in it. */
export function concludeReach(facts: Facts, out: ReduceOut): void {
  const partitions = numberedPartitions(facts)
  const reached = [
    ...facts.of('update.client').flatMap(ofClient),
    ...followScripts(facts).flatMap((script) => ofScript(script, facts, partitions)),
    ...ofUpdates(facts),
  ]
  for (const { stage, target, place, given } of once(reached)) {
    out.fact('update.part', place, {
      part: { id: 'reach', stage, reaches: 'yes', target },
      polarity: 'neutral',
      ...given,
    })
  }
  if (reached.length === 0) return
  const stages = new Set(reached.map(({ stage }) => stage))
  for (const component of componentsOf(facts)) giveComponent(component, stages, out)
}

function ofClient({ place, data }: Fact<'update.client'>): readonly Reached[] {
  const name = CLIENT_NAMES[data.client]
  const client = { id: data.client, title: { en: name, de: name } }
  if (data.slots.length > 0) {
    const at: Place = data.slotsAt
      ? { ...place, offset: data.slotsAt.offset, length: data.slotsAt.length }
      : place
    return STAGES.flatMap((stage): readonly Reached[] => {
      const slots = data.slots.filter((slot) => stagesOf(slot).includes(stage))
      if (slots.length === 0) return []
      const statement = say.slot(name, STAGE_WORDS[stage], slots)
      const observation = { repeat: `cat ${place.inner}` }
      const given = { client, statement, confidence: say.SLOT, how: 'configuration', observation } as const
      return [{ stage, target: slots.join(', '), place: at, given }]
    })
  }
  const observation = { repeat: `cat ${place.inner}` }
  if (data.client === 'sysupgrade') {
    return (['kernel', 'root-file-system'] as const).map((stage): Reached => {
      const statement = say.sysupgrade(STAGE_WORDS[stage])
      const given = {
        client,
        statement,
        confidence: say.BY_DESIGN,
        how: 'configuration',
        observation,
      } as const
      return { stage, target: null, place, given }
    })
  }
  if (PACKAGE_MANAGERS.has(data.client) && data.sources.length > 0) {
    const statement = say.packages(name)
    const given = { client, statement, confidence: say.BY_DESIGN, how: 'configuration', observation } as const
    return [{ stage: 'root-file-system', target: null, place, given }]
  }
  return []
}

/** Partitions that a script writes by their names, or by numbers that have a name in the release. */
function ofScript(script: FollowedScript, facts: Facts, partitions: readonly string[]): readonly Reached[] {
  const { path, update, files } = script
  const { owner } = byClient(script, facts)
  const client =
    owner === undefined
      ? { id: `script:${path}`, title: { en: `Script ${path}`, de: `Skript ${path}` } }
      : { id: owner, title: { en: CLIENT_NAMES[owner], de: CLIENT_NAMES[owner] } }
  return update.uses.flatMap(({ run }) => {
    const target = targetOf(run, partitions)
    if (target === undefined) return []
    const { place, text } = files.get(run.file) ?? { place: script.place, text: '' }
    const line = lineAt(text, run.offset)
    return stagesOf(target.name).map((stage): Reached => {
      const given = {
        client,
        statement: say.written(STAGE_WORDS[stage], target),
        confidence: target.device === undefined ? say.NAMED : say.NUMBERED,
        how: 'script',
        line,
        observation: { command: run.text, repeat: `sed -n ${line}p ${place.inner}` },
      } as const
      return {
        stage,
        target: target.name,
        place: { ...place, offset: run.offset, length: run.text.length },
        given,
      }
    })
  })
}

/** Images that updates in the release bring. */
function ofUpdates(facts: Facts): readonly Reached[] {
  // A bundle that has a manifest of its own may hold a copy of it as a file.
  const bundles = facts.of('update.rauc').flatMap(({ place, data }) => (data.manifest ? [place.path] : []))
  const images = [
    ...facts
      .of('update.swu')
      .flatMap(({ place, data }) =>
        data.parts
          .filter(({ list }) => list === 'images')
          .map(({ filename }) => ({ place, name: filename, file: filename })),
      ),
    ...facts
      .of('update.rauc.manifest')
      .filter(({ place }) => !bundles.some((bundle) => place.path.startsWith(`${bundle}/`)))
      .flatMap(({ place, data }) =>
        data.images.map(({ slot, filename }) => ({ place, name: slot, file: filename })),
      ),
    ...facts
      .of('update.rauc')
      .flatMap(({ place, data }) =>
        (data.manifest?.images ?? []).map(({ slot, filename }) => ({ place, name: slot, file: filename })),
      ),
  ]
  return images.flatMap(({ place, name, file }) =>
    stagesOf(name).map((stage): Reached => {
      const given = {
        client: undefined,
        statement: say.brought(STAGE_WORDS[stage], file),
        confidence: say.NAMED,
        how: 'configuration',
        observation: {
          image: file,
          repeat: 'rauc info BUNDLE, or cpio -t of the archive and its sw-description',
        },
      } as const
      return { stage, target: file, place: { ...place, length: 0 }, given }
    }),
  )
}

function once(reached: readonly Reached[]): readonly Reached[] {
  return [
    ...new Map(
      reached.map((one) => [JSON.stringify([one.stage, one.target, one.place.path, one.place.offset]), one]),
    ).values(),
  ]
}

function componentsOf(facts: Facts): readonly Component[] {
  const [loader] = facts.of('boot.u-boot')
  const [system] = followBoots(facts).flatMap(({ services }) => services.flatMap(({ place }) => place ?? []))
  const seen = facts.of('update.component').map(({ place, data }) => ({ ...data, place }))
  const kernel = seen.find(({ stage }) => stage === 'kernel')
  return [
    ...(loader
      ? [
          {
            stage: 'bootloader',
            name: `U-Boot ${loader.data.versions[0] ?? ''}`.trim(),
            place: loader.place,
          } as const,
        ]
      : []),
    ...(kernel ? [kernel] : []),
    ...(system ? [{ stage: 'root-file-system', name: 'A root file system', place: system } as const] : []),
    ...seen.filter(({ stage }) => stage !== 'kernel').slice(0, MOST_COMPONENTS),
  ]
}

/** What is not replaced itself may lie in what is. */
function giveComponent({ stage, name, place }: Component, reached: ReadonlySet<Stage>, out: ReduceOut): void {
  if (reached.has(stage)) return
  const inRoot = stage === 'radio-firmware' || stage === 'coprocessor' || IN_FILE_SYSTEM.test(place.path)
  const isPart = inRoot && stage !== 'root-file-system' && reached.has('root-file-system')
  const [reaches, statement] = !isPart
    ? (['unknown', say.notSeen(name)] as const)
    : stage === 'coprocessor'
      ? (['unknown', say.fileOnly(name)] as const)
      : (['yes', say.partOfRoot(name)] as const)
  out.fact('update.part', place, {
    part: { id: 'reach', stage, reaches, target: name },
    client: undefined,
    polarity: 'neutral',
    statement,
    confidence: reaches === 'yes' ? say.PART_OF : say.NOT_SEEN,
    how: 'program',
    observation: { component: name, repeat: `ls -l ${name} in the unpacked release` },
  })
}
