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
      /\bwithout\s+(?:burning|blowing|programming)\b.{0,80}\be?fuses?\b|\be?fuses?\b.{0,80}\b(?:are|is|were)\s+not\s+(?:burn(?:ed|t)|blown|programmed|set)\b|\bfuses?\b.{0,80}\bnicht\s+(?:gebrannt|gesetzt|programmiert)\b|\bohne\b.{0,40}\bfuses?\b.{0,40}\bzu\s+(?:brennen|setzen)\b|\be?fuses?\b.{0,80}\b(?:wird|werden|wurden?)\s+nicht\s+(?:gebrannt|gesetzt|programmiert)\b/i,
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
    id: 'no-secure-boot',
    tables: [20],
    words:
      /^(?:the\s+(?:dut|device|product)\s+(?:does\s+not|doesn't)\s+(?:support|implement|have|use)\s+(?:a\s+)?secure\s+boot\b|secure\s+boot\s+(?:is|has)\s+(?:currently\s+)?(?:not\s+(?:been\s+)?(?:supported|implemented|enabled|available|activated)|disabled)\b|no\s+secure\s+boot(?:\s+mechanism)?\s+is\s+(?:implemented|supported|available|provided|used)\b|secure\s+boot\s+(?:wird|ist)\s+(?:derzeit\s+)?(?:nicht\s+(?:unterstützt|implementiert|aktiviert|umgesetzt|vorhanden|verwendet|genutzt)|deaktiviert)\b|(?:das\s+(?:gerät|produkt)|der\s+dut)\s+(?:unterstützt|hat|verwendet|nutzt)\s+(?:derzeit\s+)?kein(?:en)?\s+secure\s+boot\b|es\s+(?:ist|wird)\s+kein\s+secure\s+boot\s+(?:implementiert|unterstützt|umgesetzt|verwendet|vorhanden)\b)(?!.{0,200}\b(?:until|unless|during|before|while|only|bis|solange|bevor|nur|während)\b)/i,
    says: text('There is no secure boot', 'Einen sicheren Start gibt es nicht'),
    provisions: ['5.7-1'],
    denies: ['boot.fuses.enforced', 'boot.chain.whole'],
  },
  {
    id: 'update-not-verified',
    tables: [7],
    words:
      /^(?:(?:the\s+)?(?:updates?|update\s+(?:images?|files?|packages?)|firmware\s+images?|signatures?\s+of\s+(?:the\s+)?updates?)\s+(?:is|are)\s+(?:not\s+(?:signed|verified|authenticated|checked)|unsigned)\b|no\s+(?:signature|authenticity)\s+(?:verification|check)\s+(?:of\s+(?:the\s+)?updates?\s+)?is\s+(?:implemented|performed|supported|done)\b|(?:die\s+)?(?:aktualisierung(?:en)?|updates?|update-?(?:dateien|pakete)|firmware-?(?:abbilder|images?))\s+(?:ist|sind|wird|werden)\s+nicht\s+(?:signiert|geprüft|verifiziert|authentifiziert)\b|(?:die\s+)?signatur(?:en)?\s+(?:der\s+updates?\s+)?(?:wird|werden)\s+nicht\s+geprüft\b|es\s+(?:findet|erfolgt)\s+keine\s+(?:signatur|authentizitäts)prüfung\b)(?!.{0,200}\b(?:until|unless|before|while|only|by\s+the|bis|solange|bevor|nur|sondern|but)\b)/i,
    says: text('Updates are not verified', 'Aktualisierungen werden nicht geprüft'),
    provisions: ['5.3-2', '5.3-9'],
    denies: [],
  },
  {
    id: 'older-images-not-blocked',
    tables: [7, 20, 6],
    words:
      /\bolder\b.{0,80}\bnot\s+(?:\w+\s+)?(?:blocked|rejected|refused|prevented)\b|\b(?:downgrade|rollback)\s+(?:prevention|protection)\b.{0,80}\bnot\s+(?:enabled|enforced|implemented|active|present)\b|\b(?:downgrades?|rollbacks?)\s+(?:is|are)\s+not\s+(?:prevented|blocked|rejected)\b|\bno\s+(?:downgrade|rollback|anti-?rollback)\s+(?:prevention|protection)\s+is\s+(?:implemented|supported|enabled|provided|available)\b|\bältere\b.{0,80}\bnicht\s+(?:abgewiesen|verhindert|blockiert)\b|\b(?:downgrade|rollback)-?schutz\s+(?:ist|wird)\s+nicht\s+(?:implementiert|unterstützt|umgesetzt|aktiviert|vorhanden)\b|\bkein(?:en)?\s+(?:downgrade|rollback)-?schutz\s+(?:implementiert|umgesetzt|vorhanden|aktiv)\b|\b(?:ein\s+)?(?:downgrade|rollback)s?\s+(?:wird|werden)\s+nicht\s+(?:verhindert|blockiert|abgewiesen)\b/i,
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
