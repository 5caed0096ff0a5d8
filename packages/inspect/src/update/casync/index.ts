import type { Artefact, Check, Fact, Facts, MapOut, ReduceOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { type Package, packageEvidence, UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import './facts.ts'
import { chunkDigests, parseIndex } from './parse.ts'
import { CASYNC } from './scheme.ts'

export const casyncCheck: Check = {
  id: 'update.casync',
  version: 1,
  title: { en: 'Indexes and stores of casync', de: 'Indexe und Speicher von casync' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Which chunks an index asks for, and whether those that are there are what their names say.',
    de: 'Welche Stücke ein Index verlangt und ob die vorhandenen sind, was ihre Namen sagen.',
  },
  cannotShow: {
    en: 'Who made the index: it has no signature, and has to lie in something that has one.',
    de: 'Wer den Index gemacht hat: Er hat keine Signatur und muss in etwas liegen, das eine hat.',
  },
  states: ['update.casync.content', 'update.casync.description', 'update.casync.unsigned'],
  wants: { paths: [/\.ca(?:ibx|idx|cnk)$/] },
  gives: ['update.casync.chunk', 'update.casync.index'],
  look,
  conclude,
}

const CHUNK = /^([0-9a-f]{64})\.cacnk$/
/** What an index lies in that has a signature over it. */
const SIGNED_AROUND = /:(?:rauc-bundle|swupdate|mender)\b/
const MOST_TOLD = 50

function look(artefact: Artefact, out: MapOut): void {
  const { name, bytes, type } = artefact
  if (type !== 'file') return
  const id = CHUNK.exec(name)?.[1]
  if (id !== undefined) {
    out.fact('update.casync.chunk', placeOf(artefact), { id, digests: chunkDigests(bytes) })
    return
  }
  const index = parseIndex(bytes, name.endsWith('.caidx') ? 'tree' : 'blob')
  if (index) out.fact('update.casync.index', placeOf(artefact), index)
}

function conclude(facts: Facts, out: ReduceOut): void {
  const chunks = new Map(facts.of('update.casync.chunk').map((chunk) => [chunk.data.id, chunk]))
  for (const index of facts.of('update.casync.index'))
    for (const draft of packageEvidence(packageOf(index, chunks))) out.evidence(draft)
}

function packageOf(
  { place, data }: Fact<'update.casync.index'>,
  chunks: ReadonlyMap<string, Fact<'update.casync.chunk'>>,
): Package {
  const there = data.chunks.flatMap((id) => chunks.get(id) ?? [])
  const differing = there.filter(
    ({ data: { id, digests } }) => digests !== undefined && digests[data.digest] !== id,
  )
  return {
    scheme: CASYNC,
    place,
    finding: undefined,
    otherwise: 'E2',
    unsigned: SIGNED_AROUND.test(place.path) ? 'elsewhere' : 'low',
    differing: differing
      .slice(0, MOST_TOLD)
      .map(({ data: { id, digests } }) => ({ name: id, found: digests?.[data.digest] ?? null })),
    uncovered: [],
    gaps: [],
    covers: [],
    rollback: [],
    description: {
      of: data.of,
      digest: data.digest,
      chunks: data.chunks.length,
      size: data.size,
      whole: data.whole,
      there: there.length,
      notRead: there.filter((chunk) => !chunk.data.digests).length,
      signature: 'none in this format',
      encrypted: false,
      rollback: 'none in this format',
      repeat: CASYNC.repeat,
    },
  }
}
