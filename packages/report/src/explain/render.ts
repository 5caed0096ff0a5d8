import {
  type Explanation,
  type InProfile,
  referenceText,
  sourceTitle,
  type TestCase,
} from '@messlatte/conformity'
import type { Missing, Source, Text } from '@messlatte/model'
import { day } from '../figures.ts'
import { conditionInWords } from '../profile-diff/condition.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { INPUT_WORDS, PARTY_WORDS, SOURCE_STATUS_WORDS, STATUS_WORDS } from '../words.ts'
import {
  CASE_KIND_WORDS,
  COUNTS_WORDS,
  READING_WORDS,
  RELATION_WORDS,
  ROLE_WORDS,
  EXPLAIN_WORDS as SAY,
} from './words.ts'

/** What an explanation needs to know of a check. */
export interface CheckInfo {
  readonly id: string
  readonly title: Text
  readonly canShow: Text
  readonly cannotShow: Text
  readonly states: readonly string[]
}

const LABEL = 18

/** What goes by a name, for a terminal: `checks` are those that state evidence, and those that were asked for by name. */
export function renderExplanations(
  explanations: readonly Explanation[],
  checks: { readonly all: readonly CheckInfo[]; readonly named: readonly CheckInfo[] },
  options: TerminalOptions,
): string {
  const sheet = new Sheet(options)
  explanations.forEach((one, at) => {
    if (at > 0) sheet.blank()
    writeOne(sheet, one, checks.all)
  })
  for (const check of checks.named) writeCheck(sheet, check)
  sheet.blank()
  sheet.paragraph(sheet.say(SAY.disclaimer), 0, '', 'soft')
  return sheet.text()
}

function writeOne(sheet: Sheet, one: Explanation, checks: readonly CheckInfo[]): void {
  switch (one.kind) {
    case 'provision':
      writeProvision(sheet, one, checks)
      break
    case 'requirement':
      writeRequirement(sheet, one)
      break
    case 'case':
      sheet.line(sheet.say(SAY.testCase, { id: one.test.id, spec: one.test.spec }), 'strong')
      writeCase(sheet, one.test)
      writeSources(sheet, one.sources)
      break
    case 'evidence':
      writeKind(sheet, one, checks)
      break
    case 'profile':
      writeProfile(sheet, one)
      break
    case 'checklist':
      writeChecklist(sheet, one.checklist)
      writeSources(sheet, one.sources)
      break
    case 'papers':
      sheet.line(sheet.say(SAY.papers, { id: one.id, title: one.title[sheet.language] }), 'strong')
      sheet.paragraph(sheet.say(SAY.papersMean), 2)
      break
  }
}

type Of<Kind extends Explanation['kind']> = Extract<Explanation, { readonly kind: Kind }>

function writeProvision(sheet: Sheet, one: Of<'provision'>, checks: readonly CheckInfo[]): void {
  const { language } = sheet
  sheet.line(one.id, 'strong')
  for (const it of one.editions) {
    sheet.heading(it.catalogue[language])
    sheet.field(sheet.say(SAY.whatItAsks), it.title[language], 2, LABEL)
    const numbers = it.conditionNumbers.join(', ')
    const parts = [
      sheet.say(STATUS_WORDS[it.status]),
      ...(numbers === '' ? [] : [sheet.say(SAY.conditions, { numbers })]),
      ...(it.features.length === 0 ? [] : [sheet.say(SAY.features, { letters: it.features.join(', ') })]),
    ]
    sheet.field(sheet.say(SAY.status), parts.join(', '), 2, LABEL)
    if (it.origin?.from) {
      const { from, note } = it.origin
      sheet.field('', sheet.say(SAY.before, { id: from, note: note[language] }), 2, LABEL, 'soft')
    } else if (it.origin) sheet.field('', it.origin.note[language], 2, LABEL, 'soft')
    sheet.paragraph(sheet.say(it.imageCanSupport ? SAY.imageCan : SAY.imageCannot), 2)
    if (it.cannotShow) sheet.paragraph(it.cannotShow[language], 2, '', 'soft')
    sheet.blank()
    sheet.paragraph(sheet.say(SAY.laboratory), 2, '', 'strong')
    for (const test of it.cases) writeCase(sheet, test)
    sheet.blank()
    writeMissing(sheet, it.missing)
  }
  sheet.heading(sheet.say(SAY.evidence))
  if (one.evidence.length === 0) sheet.paragraph(sheet.say(SAY.noEvidence), 2)
  for (const { kind, polarities } of one.evidence) {
    const words = polarities.map((it) => sheet.say(COUNTS_WORDS[it])).join(', ')
    sheet.field(kind, `${words} (${statedBy(kind, checks)})`, 2, 36)
  }
  if (one.mending) {
    sheet.heading(sheet.say(SAY.mending))
    sheet.paragraph(one.mending[language], 2)
    sheet.paragraph(sheet.say(SAY.mendingSource), 2, '', 'soft')
  }
  if (one.profiles.length > 0) {
    sheet.heading(sheet.say(SAY.rules))
    for (const line of distinct(one.profiles)) writeLine(sheet, line)
  }
  writeSources(sheet, one.sources)
}

/** A rule that stands over two editions says the same over both. */
function distinct(lines: readonly InProfile[]): readonly InProfile[] {
  return [...new Map(lines.map((it) => [`${it.profile} ${it.kind} ${it.what.en}`, it])).values()]
}

function writeLine(sheet: Sheet, { profile, what, sourceStatus, source }: InProfile): void {
  sheet.paragraph(`${profile}: ${what[sheet.language]}`, 4, '  •')
  sheet.paragraph(`${sheet.say(SOURCE_STATUS_WORDS[sourceStatus])}: ${source}`, 4, '', 'soft')
}

function writeCase(sheet: Sheet, { id, kind, units, ixit, purpose }: TestCase): void {
  const facts = [
    sheet.say(CASE_KIND_WORDS[kind]),
    ...(units === null ? [] : [sheet.say(SAY.units, { count: units })]),
    ...(ixit.length === 0 ? [] : [sheet.say(SAY.byTables, { tables: ixit.join(', ') })]),
  ]
  sheet.field(id, purpose[sheet.language], 4, 12)
  sheet.field('', facts.join('; '), 4, 12, 'soft')
}

function writeMissing(sheet: Sheet, missing: readonly Missing[]): void {
  sheet.paragraph(sheet.say(SAY.closes), 2, '', 'strong')
  for (const { what, who, input } of missing) {
    sheet.paragraph(what[sheet.language], 4, '  •')
    sheet.paragraph(`${sheet.say(PARTY_WORDS[who])} · ${sheet.say(INPUT_WORDS[input])}`, 4, '', 'soft')
  }
}

function writeRequirement(sheet: Sheet, { profile, requirement, sources }: Of<'requirement'>): void {
  const { id, where, title, condition, note, lines, missing } = requirement
  sheet.line(
    sheet.say(SAY.requirement, { id, profile, where: referenceText(where)[sheet.language] }),
    'strong',
  )
  sheet.field(sheet.say(SAY.whatItAsks), title[sheet.language], 2, LABEL)
  if (condition) sheet.field(sheet.say(SAY.roles), conditionInWords(sheet, condition), 2, LABEL)
  if (note) sheet.field(sheet.say(SAY.note), note[sheet.language], 2, LABEL)
  sheet.blank()
  sheet.paragraph(sheet.say(SAY.wayThere), 2, '', 'strong')
  if (lines.length === 0) sheet.paragraph(sheet.say(SAY.noWay), 4)
  for (const { provision, relation, author, confidence, source } of lines) {
    sheet.field(provision, sheet.say(RELATION_WORDS[relation]), 4, 10)
    sheet.field('', `${sheet.say(SAY.by, { author, confidence })}: ${source}`, 4, 10, 'soft')
  }
  sheet.blank()
  writeMissing(sheet, missing)
  writeSources(sheet, sources)
}

function writeKind(
  sheet: Sheet,
  { evidence, provisions }: Of<'evidence'>,
  checks: readonly CheckInfo[],
): void {
  sheet.line(sheet.say(SAY.kind, { kind: evidence.kind }), 'strong')
  const words = evidence.polarities.map((it) => sheet.say(COUNTS_WORDS[it])).join(', ')
  sheet.field(sheet.say(SAY.evidence), words, 2, 26)
  for (const check of checks.filter(({ states }) => states.includes(evidence.kind))) {
    sheet.field(sheet.say(SAY.statedBy), `${check.id}: ${check.title[sheet.language]}`, 2, 26)
    sheet.field(sheet.say(SAY.canShow), check.canShow[sheet.language], 2, 26)
    sheet.field(sheet.say(SAY.cannotShow), check.cannotShow[sheet.language], 2, 26)
  }
  for (const { id, title } of provisions)
    sheet.field(sheet.say(SAY.touches), `${id}: ${title[sheet.language]}`, 2, 26)
}

function writeCheck(sheet: Sheet, { id, title, canShow, cannotShow, states }: CheckInfo): void {
  sheet.line(sheet.say(SAY.check, { id, title: title[sheet.language] }), 'strong')
  sheet.field(sheet.say(SAY.canShow), canShow[sheet.language], 2, 20)
  sheet.field(sheet.say(SAY.cannotShow), cannotShow[sheet.language], 2, 20)
  sheet.field(sheet.say(SAY.states), states.join(', '), 2, 20)
}

function writeProfile(sheet: Sheet, { profile, editions, sources }: Of<'profile'>): void {
  const { language } = sheet
  const field = (label: Text, value: string) => sheet.field(sheet.say(label), value, 2, LABEL)
  sheet.line(`${profile.id}: ${profile.title[language]}`, 'strong')
  sheet.paragraph(profile.question[language], 2)
  sheet.paragraph(profile.caveat[language], 2, '', 'soft')
  field(SAY.market, profile.market)
  field(
    SAY.roles,
    `${profile.roles.map((it) => sheet.say(ROLE_WORDS[it])).join(', ')}; ${
      profile.lastFreeDay === null
        ? sheet.say(SAY.noDay)
        : sheet.say(SAY.firstDay, { day: day(profile.lastFreeDay, language), zone: profile.zone })
    }`,
  )
  field(SAY.reading, sheet.say(READING_WORDS[profile.reading]))
  field(SAY.consequence, profile.consequence[language])
  field(SAY.over, editions.join(', '))
  const section = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return
    sheet.heading(title)
    for (const line of lines) sheet.paragraph(line, 4, '  •')
  }
  section(
    sheet.say(SAY.overrides),
    profile.overrides.map(
      ({ id, to, reason, sourceStatus }) =>
        `${id} → ${to} (${sheet.say(SOURCE_STATUS_WORDS[sourceStatus])}): ${reason[language]}`,
    ),
  )
  section(
    sheet.say(SAY.criteria),
    profile.criteria.map(
      ({ provision, title, sourceStatus }) =>
        `${provision} (${sheet.say(SOURCE_STATUS_WORDS[sourceStatus])}): ${title[language]}`,
    ),
  )
  section(
    sheet.say(SAY.requirements, { count: profile.requirements.length }),
    profile.requirements.map(
      ({ id, where, title }) => `${id} (${referenceText(where)[language]}): ${title[language]}`,
    ),
  )
  for (const list of profile.checklists) writeChecklist(sheet, list)
  writeSources(sheet, sources)
}

function writeChecklist(sheet: Sheet, list: Of<'checklist'>['checklist']): void {
  sheet.heading(`${list.title[sheet.language]} (${list.id})`)
  const roles = list.roles.map((it) => sheet.say(ROLE_WORDS[it])).join(', ')
  sheet.paragraph(
    `${roles}; ${sheet.say(SAY.appliesFrom, { day: day(list.appliesFrom, sheet.language) })}; ${list.source}`,
    2,
    '',
    'soft',
  )
  for (const { ref, text } of list.items)
    sheet.paragraph(`${referenceText(ref)[sheet.language]}: ${text[sheet.language]}`, 6, '  [ ]')
}

function statedBy(kind: string, checks: readonly CheckInfo[]): string {
  return checks
    .filter(({ states }) => states.includes(kind))
    .map(({ id }) => id)
    .join(', ')
}

function writeSources(sheet: Sheet, sources: readonly Source[]): void {
  sheet.heading(sheet.say(SAY.sources))
  for (const source of sources) {
    const { id, status, appliesFrom } = source
    const from =
      appliesFrom === undefined
        ? ''
        : `, ${sheet.say(SAY.appliesFrom, { day: day(appliesFrom, sheet.language) })}`
    sheet.paragraph(
      `${id} (${sheet.say(SOURCE_STATUS_WORDS[status])}${from}): ${sourceTitle(source)[sheet.language]}`,
      4,
      '  •',
    )
  }
}
