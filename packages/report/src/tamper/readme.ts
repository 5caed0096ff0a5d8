import type {
  CaseRef,
  Language,
  TamperChange,
  TamperFile,
  TamperSeen,
  TamperSet,
  Text,
} from '@messlatte/model'
import {
  ANSWER,
  ANSWERS,
  CASES,
  DONE,
  FILE,
  FORMAT,
  GOOD,
  HOW,
  LIMITS,
  MADE_FROM,
  MORE,
  MUST_REFUSE,
  NOT_MADE,
  NOTHING,
  OWN_KEY,
  SEEN,
  SIGHTS,
  SIGNATURE_LEFT,
  SIGNED_OWN,
  TITLE,
} from './words.ts'

/** Changes of a file that are told here; all are in `manifest.json`. */
const MOST_CHANGES = 8

/** The page beside the files (Markdown): what each is, which case it serves, and what a device must answer. */
export function renderTamperReadme(set: TamperSet, language: Language): string {
  const say = (one: Text) => one[language]
  const { original } = set
  return [
    `# ${say(TITLE)}`,
    '',
    say(MADE_FROM(code(original.name), original.size, original.sha256)),
    '',
    say(FORMAT(set.format, set.signed)),
    ...(original.seen ? ['', `${say(GOOD)} ${sightOf(original.seen, language)}`] : []),
    '',
    say(HOW),
    '',
    ...(set.signedByMaker ? [say(OWN_KEY), ''] : []),
    `| ${[FILE, DONE, ANSWER, SEEN].map(say).join(' | ')} |`,
    '|---|---|---|---|',
    ...set.files.map((file) => rowOf(file, language)),
    '',
    ...set.files.flatMap((file) => sectionOf(file, set, language)),
    ...(set.notMade.length > 0
      ? [`## ${say(NOT_MADE)}`, '', ...set.notMade.map(({ what, why }) => `- ${code(what)}: ${say(why)}`), '']
      : []),
    ...(set.limits.length > 0
      ? [`## ${say(LIMITS)}`, '', ...set.limits.map((one) => `- ${say(one)}`), '']
      : []),
  ].join('\n')
}

function rowOf({ file, title, answer, seen }: TamperFile, language: Language): string {
  const cells = [
    code(file),
    title[language],
    ANSWERS[answer][language],
    seen ? SIGHTS[seen.sight][language] : '–',
  ]
  return `| ${cells.map(cell).join(' | ')} |`
}

function sectionOf(file: TamperFile, set: TamperSet, language: Language): readonly string[] {
  const say = (one: Text) => one[language]
  const more = file.changesInAll - Math.min(file.changes.length, MOST_CHANGES)
  return [
    `## ${file.file}`,
    '',
    `- ${say(DONE)}: ${plain(say(file.title))}`,
    ...file.changes.slice(0, MOST_CHANGES).map((one) => `- ${changeOf(one, language)}`),
    ...(more > 0 ? [`- ${say(MORE(more))}`] : []),
    `- ${say(CASES)}: ${file.cases.map(caseOf).join(', ')}`,
    `- ${say(ANSWER)}: ${say(ANSWERS[file.answer])}. ${say(file.judge ?? MUST_REFUSE)}`,
    ...(ofVersionOrHardware(file) && set.signed === 'yes'
      ? [`- ${say(set.signedByMaker ? SIGNED_OWN : SIGNATURE_LEFT)}`]
      : []),
    ...(file.seen ? [`- ${say(SEEN)}: ${sightOf(file.seen, language)}`] : []),
    ...(file.sha256 === null ? [] : [`- SHA-256: ${code(file.sha256)}`]),
    '',
  ]
}

function ofVersionOrHardware({ kind }: TamperFile): boolean {
  return kind === 'older-version' || kind === 'other-hardware'
}

function changeOf(
  { offset, newOffset, removed, inserted, old, new: added }: TamperChange,
  language: Language,
): string {
  const at = `0x${offset.toString(16)}${newOffset === offset ? '' : ` → 0x${newOffset.toString(16)}`}`
  const bytes = (hex: string, length: number) =>
    length === 0 ? NOTHING[language] : code(`${hex}${length * 2 > hex.length ? '…' : ''}`)
  const lengths = removed === inserted ? `${removed}` : `${removed} → ${inserted}`
  return `${at} (${lengths} B): ${bytes(old, removed)} → ${bytes(added, inserted)}`
}

function sightOf({ sight, levels, against, damage }: TamperSeen, language: Language): string {
  const details = [...levels, ...against, ...damage]
  return `${SIGHTS[sight][language]}${details.length > 0 ? ` (${details.join(', ')})` : ''}.`
}

function caseOf({ spec, id }: CaseRef): string {
  return `TS 103 701 ${spec === 'ts103701-v1.1.1' ? 'V1.1.1' : 'V2.1.1'} ${id}`
}

/** Names come from files of others: nothing of them may be read as Markdown. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?').replace(/[\\`*_[\]<>|#]/g, '\\$&')
}

function cell(text: string): string {
  return text.startsWith('`') ? text : plain(text)
}

function code(text: string): string {
  return `\`${text.replace(/[\p{Cc}\p{Zl}\p{Zp}`|]/gu, '?')}\``
}
