import type { IxitEntry, IxitTables, Text } from '@messlatte/model'
import { text } from '../text.ts'

/** Words of a supplier's own tables that speak against its product. */
export interface Admission {
  readonly id: string
  readonly table: string
  /** The entry's ID; the table's name for forms. */
  readonly entry: string
  readonly field: string
  /** The words themselves, shortened. */
  readonly quote: string
  readonly says: Text
  /** Provisions whose support it speaks against. */
  readonly provisions: readonly string[]
  /** Kinds of evidence that it says are not to be had: a criterion that one of them would meet fails. */
  readonly denies: readonly string[]
}

interface AdmissionRule extends Pick<Admission, 'id' | 'says' | 'provisions' | 'denies'> {
  /** Numbers of the tables in which it is looked for. */
  readonly tables: readonly number[]
  /** Within one sentence; every repetition is bounded. */
  readonly words: RegExp
}

/** A sentence is looked at in so many characters. */
const MOST_SENTENCE = 600
const MOST_QUOTE = 240

const RULES: readonly AdmissionRule[] = [
  {
    id: 'fuses-not-burned',
    tables: [20, 7, 6, 10, 15, 18],
    words:
      /\bwithout\s+(?:burning|blowing|programming)\b.{0,80}\be?fuses?\b|\be?fuses?\b.{0,80}\b(?:are|is|were)\s+not\s+(?:burn(?:ed|t)|blown|programmed|set)\b|\bfuses?\b.{0,80}\bnicht\s+(?:gebrannt|gesetzt|programmiert)\b|\bohne\b.{0,40}\bfuses?\b.{0,40}\bzu\s+(?:brennen|setzen)\b/i,
    says: text(
      'The fuses that would make the chip verify its first stage are not burned',
      'Die Fuses, mit denen der Chip seine erste Stufe prüfte, sind nicht gebrannt',
    ),
    provisions: ['5.7-1'],
    denies: ['boot.fuses.enforced', 'boot.chain.whole'],
  },
  {
    id: 'bootloader-trusted-unverified',
    tables: [20, 6],
    words:
      /\bboot\s?loader\b.{0,80}\b(?:is|are)\s+(?:assumed|not\s+(?:verified|signed|authenticated)|unsigned|unverified)\b|\bBoot\s?loader\b.{0,80}\b(?:nicht\s+(?:geprüft|signiert)|unsigniert|ungeprüft)\b/i,
    says: text(
      'A boot loader is trusted without being verified',
      'Einem Bootloader wird vertraut, ohne dass er geprüft wird',
    ),
    provisions: ['5.7-1'],
    denies: ['boot.chain.whole'],
  },
  {
    id: 'older-images-not-blocked',
    tables: [7, 20, 6],
    words:
      /\bolder\b.{0,80}\bnot\s+(?:\w+\s+)?(?:blocked|rejected|refused|prevented)\b|\b(?:downgrade|rollback)\s+(?:prevention|protection)\b.{0,80}\bnot\s+(?:enabled|enforced|implemented|active|present)\b|\bältere\b.{0,80}\bnicht\s+(?:abgewiesen|verhindert|blockiert)\b/i,
    says: text('Older signed images can be installed', 'Ältere signierte Abbilder lassen sich aufspielen'),
    provisions: ['5.3-2', '5.7-1'],
    denies: [],
  },
]

/** What the entries of a supplier say against their product: by rule, and in the table first that is about it most. */
export function admissionsOf(tables: IxitTables): readonly Admission[] {
  return RULES.flatMap((rule) =>
    rule.tables.flatMap((number) =>
      Object.entries(tables).flatMap(([table, entries]) =>
        Number.parseInt(table, 10) === number
          ? entries.flatMap((entry) => admissionsOfEntry(table, entry, rule))
          : [],
      ),
    ),
  )
}

/** The same admission in several places is one: its first words, and where else it stands. */
export function admissionTexts(
  admissions: readonly Admission[],
): readonly { readonly provisions: readonly string[]; readonly text: Text }[] {
  return [...Map.groupBy(admissions, ({ id }) => id).values()].map(([first, ...more]) => {
    const { says, quote, provisions } = first as Admission
    const place = ({ table, entry, field }: Admission) => `IXIT ${table}, ${entry}, ${field}`
    const [also, auch] =
      more.length === 0
        ? ['', '']
        : [`; also ${more.map(place).join('; ')}`, `; auch ${more.map(place).join('; ')}`]
    return {
      provisions,
      text: text(
        `The supplier's own tables say: ${says.en} (${place(first as Admission)}: “${quote}”${also}).`,
        `Die eigenen Tabellen des Lieferanten sagen: ${says.de} (${place(first as Admission)}: „${quote}“${auch}).`,
      ),
    }
  })
}

function admissionsOfEntry(
  table: string,
  { ID: entry = table, ...fields }: IxitEntry,
  { words, tables: _, ...rule }: AdmissionRule,
): readonly Admission[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const quote = sentencesOf(value).find((sentence) => words.test(sentence))
    return quote === undefined ? [] : [{ ...rule, table, entry, field, quote: shortened(quote) }]
  })
}

/** Without marks of Markdown, so that they part no words; a sentence ends with its full stop, or where a list goes on. */
function sentencesOf(value: string): readonly string[] {
  return value
    .replace(/[*`]/g, '')
    .split(/(?<=[.!?])\s+|\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim().slice(0, MOST_SENTENCE))
}

function shortened(quote: string): string {
  return quote.length > MOST_QUOTE ? `${quote.slice(0, MOST_QUOTE)}…` : quote
}
