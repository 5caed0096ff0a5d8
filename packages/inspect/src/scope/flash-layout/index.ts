import { cString } from '@messlatte/bytes'
import { type Layout, layoutsOf, MTDPARTS, parseMtdparts, readFdt } from '@messlatte/unpack'
import type { Artefact, Check, MapOut, Place } from '../../contract.ts'
import { placeOf, provisions } from '../../drafts.ts'
import type { LayoutFact } from './facts.ts'

const REFS = provisions(['5.7-1'])
/** COMMAND_LINE_SIZE of the kernels that have most. */
const MOST_TEXT = 4096

export const flashLayoutCheck: Check = {
  id: 'scope.flash-layout',
  version: 1,
  title: {
    en: 'Layouts of flash that the release tells',
    de: 'Aufteilungen des Flash, die das Release nennt',
  },
  provisions: REFS,
  cases: [],
  input: ['image'],
  canShow: {
    en: 'Which partitions a device tree, a kernel command line or a boot loader gives a flash chip: what a device has beside what the release brings.',
    de: 'Welche Partitionen ein Device-Tree, eine Kernel-Kommandozeile oder ein Bootloader einem Flash-Chip gibt: was ein Gerät außer dem hat, was das Release mitbringt.',
  },
  cannotShow: {
    en: 'Whether a device is laid out like that, nor what lies in a partition.',
    de: 'Ob ein Gerät so aufgeteilt ist, noch was in einer Partition liegt.',
  },
  states: ['scope.flash-layout'],
  wants: { formats: ['fdt', 'fit'], literals: true },
  literals: [MTDPARTS],
  gives: ['scope.flash-layout'],
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  const tree = artefact.format === 'fdt' ? readFdt(artefact.bytes, 0) : undefined
  if (tree) tell(placeOf(artefact, 0, 0), 'device-tree', layoutsOf(tree), out)
  for (const { literal, offset } of artefact.hits) {
    if (literal !== MTDPARTS) continue
    const from = offset + MTDPARTS.length
    const length = Math.min(MOST_TEXT, artefact.bytes.size - from)
    const text = cString(artefact.bytes.view(from, length)).replace(/[\s"'\\].*$/s, '')
    // U-Boot's variable of that name has the argument as its value: the second hit reads it.
    if (text.startsWith(MTDPARTS)) continue
    tell(placeOf(artefact, offset, MTDPARTS.length + text.length), 'command-line', parseMtdparts(text), out)
  }
}

function tell(place: Place, source: LayoutFact['source'], layouts: readonly Layout[], out: MapOut): void {
  if (layouts.length === 0) return
  out.fact('scope.flash-layout', place, { source, layouts })
  out.evidence({
    kind: 'scope.flash-layout',
    polarity: 'neutral',
    provisions: REFS,
    cases: [],
    place,
    title: { en: 'A layout of flash memory', de: 'Eine Aufteilung des Flash-Speichers' },
    observation: {
      source,
      layouts: layouts.map(({ chip, partitions }) => ({
        chip,
        partitions: partitions.map(({ name, offset, size, readOnly }) => ({
          name,
          offset,
          ...(size === undefined ? {} : { size }),
          readOnly,
        })),
      })),
      repeat: source === 'device-tree' ? 'dtc -I dtb FILE' : 'strings FILE | grep mtdparts=',
    },
    confidence: {
      grade: 'medium',
      reason: {
        en: 'The release says so; a boot loader on the device may say otherwise.',
        de: 'Das Release sagt es so; ein Bootloader auf dem Gerät kann es anders sagen.',
      },
    },
  })
}
