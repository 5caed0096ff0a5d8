import { encodeText } from '@messlatte/unpack'
import type { EvidenceDraft, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { tablesIn } from '../verity/table.ts'
import type { CommandLineFact } from './facts.ts'
import { type Meaning, meaningsOf } from './meaning.ts'
import * as say from './say.ts'
import type { Line, SourceKind } from './sources.ts'
import { type Word, wordsOf } from './words.ts'

const CHAIN = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
const INTERFACES = { provisions: provisions(['5.6-4'], ['5.6-4A']), cases: cases('5.6-4-2') } as const
const OFF = ['verity-off', 'verity-ignored', 'appraisal-off', 'memory-open'] as const
/** Menus are for whoever sits at the device: their rescue entries ask for a password where the system is set up so. */
const MENUS: ReadonlySet<SourceKind> = new Set(['grub', 'extlinux', 'loader-entry'])
const TOLD_ELSEWHERE: ReadonlySet<Meaning> = new Set(['console', 'init', 'shell', 'single'])
const HASH = /^[0-9a-f]{64}$|^[0-9a-f]{96}$|^[0-9a-f]{128}$/i

interface Meant {
  readonly meaning: Meaning
  readonly word: Word
}

/** All that a line says; nothing where it has no word that matters. */
export function evidenceOf(line: Line, place: Place): readonly EvidenceDraft[] {
  // Consoles and shells of device trees are told by services.debug.
  const isTree = line.source === 'device-tree'
  const meant = meantBy(line).filter(({ meaning }) => !isTree || !TOLD_ELSEWHERE.has(meaning))
  if (meant.length === 0) return []
  const of = (...meanings: readonly Meaning[]) =>
    meant.filter(({ meaning }) => meanings.includes(meaning)).map(({ word }) => encodeText(word.text))
  const common = { place } as const
  const observed = (words: readonly string[]) => ({ source: line.source, words, repeat: REPEAT[line.source] })
  const drafts: EvidenceDraft[] = [
    {
      ...CHAIN,
      ...common,
      kind: 'boot.command-line',
      polarity: 'neutral',
      title: say.overview(line.source),
      observation: observed([...new Set(meant.map(({ word }) => encodeText(word.text)))]),
      confidence: { grade: 'medium', reason: say.MAY_BE_REPLACED },
    },
  ]
  for (const meaning of OFF) {
    const words = of(meaning)
    if (words.length === 0) continue
    const grade = meaning.startsWith('verity') ? 'medium' : 'low'
    drafts.push({
      ...CHAIN,
      ...common,
      kind: 'boot.command-line.unverified',
      polarity: 'against',
      title: say.OFF[meaning],
      observation: observed(words),
      confidence: { grade, reason: say.EXPLICIT },
      overturnedBy: say.OTHER_LINE,
    })
  }
  const isMenu = MENUS.has(line.source)
  const shells = of('shell', ...(isMenu ? [] : (['single'] as const)))
  for (const [kind, title, words] of [
    ['service.shell.kernel', say.SHELL, shells],
    ['boot.command-line.debugger', say.DEBUGGER, of('debugger')],
  ] as const) {
    if (words.length === 0) continue
    drafts.push({
      ...INTERFACES,
      ...common,
      kind,
      polarity: 'against',
      title,
      observation: observed(words),
      confidence: { grade: 'low', reason: say.REACH },
      overturnedBy: say.OTHER_LINE,
    })
  }
  return drafts
}

export function factOf(line: Line): CommandLineFact {
  const meant = meantBy(line)
  const has = (meaning: Meaning) => meant.some((one) => one.meaning === meaning)
  const words = meant
    .filter(({ meaning }) => meaning === 'verity')
    .flatMap(({ word }) => (word.value ?? '').split(/[\s,]+/))
  return {
    source: line.source,
    rootHash: words.find((word) => HASH.test(word))?.toLowerCase(),
    tables: has('verity') ? tablesIn(line.text).map(({ offset: _, ...table }) => table) : [],
    verity: has('verity'),
    enforcesModules: has('enforces-modules') || has('lockdown'),
  }
}

function meantBy({ text }: Line): readonly Meant[] {
  return wordsOf(text).flatMap((word) => meaningsOf(word).map((meaning) => ({ meaning, word })))
}

const REPEAT: Readonly<Record<SourceKind, string>> = {
  'device-tree': 'fdtget TREE /chosen bootargs',
  'android-boot': 'unpack_bootimg --boot_img IMAGE',
  'u-boot-environment': 'strings ENVIRONMENT | grep args=',
  grub: 'grep linux FILE',
  extlinux: 'grep -i append FILE',
  'loader-entry': 'grep options FILE',
  'cmdline-file': 'cat FILE',
  'unified-kernel': 'objcopy -O binary --only-section=.cmdline FILE OUT',
  'kernel-config': 'grep CONFIG_CMDLINE FILE',
}
