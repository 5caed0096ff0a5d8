import type { Language, ReleasesResult, StateChange, Text, Verdict } from '@messlatte/model'
import { whole } from '../figures.ts'
import { PART_WORDS } from '../mechanism-words.ts'
import { fill, type Values } from '../text.ts'
import { KIND_WORDS, OPENS_WORDS } from '../units/words.ts'
import { VERDICT_WORDS } from '../words.ts'
import {
  ANSWER_WORDS,
  CHANGE_WORDS,
  QUESTION_WORDS,
  SECRET_CHANGE_WORDS,
  SECRET_CHANGES,
  STATE_WORDS,
  RELEASES_WORDS as W,
} from './words.ts'

/** A part of the report, for every medium: a sentence, and rows under headings. */
export interface Part {
  readonly id: string
  readonly title: string
  readonly lead?: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const CHANGE_ORDER = ['new', 'added', 'down', 'changed', 'other', 'up', 'stayed', 'removed', 'went', 'equal']

/** The parts of a comparison in the order of their weight. */
export function partsOf(result: ReleasesResult, language: Language): readonly Part[] {
  const say = (text: Text, values?: Values) => fill(text, language, values)
  const change = (id: string) => say(CHANGE_WORDS[id] ?? { en: id, de: id })
  const truth = (value: boolean | null) => say(value === null ? W.unknown : value ? W.yes : W.no)
  const verdict = (value: Verdict | null | undefined) => (value ? say(VERDICT_WORDS[value]) : '–')
  const state = (kind: string) => say(STATE_WORDS[kind] ?? { en: kind, de: kind })
  const joined = (values: readonly string[]) => (values.length === 0 ? '–' : values.join(', '))
  // The same sentence may weigh otherwise beside another part: plain HTTP matters where no signature is verified.
  const told = ({ statement, polarity }: ReleasesResult['mechanisms'][number]['old'][number]) =>
    polarity === 'against' ? `${statement[language]} (${say(W.against)})` : statement[language]
  const byChange = <T extends { readonly change: string }>(list: readonly T[]) =>
    list.toSorted((a, b) => CHANGE_ORDER.indexOf(a.change) - CHANGE_ORDER.indexOf(b.change))
  const none = (rows: readonly unknown[]) => (rows.length === 0 ? { lead: say(W.none) } : {})
  const states = (id: string, title: Text, list: readonly StateChange[]): Part => ({
    id,
    title: say(title),
    ...none(list),
    headings: [say(W.what), say(W.change), say(W.old), say(W.new)],
    rows: byChange(list).map((one) => [
      one.subject,
      change(one.change),
      joined(one.old.map(state)),
      joined(one.new.map(state)),
    ]),
  })
  const moving = result.components.filter((one) => one.change !== 'equal')
  const services = result.services.filter((one) => one.change !== 'equal')
  const equal = result.components.length - moving.length
  return [
    {
      id: 'update',
      title: say(W.update),
      headings: [say(W.question), say(W.answer), say(W.why), say(W.basis)],
      rows: result.update.map((one) => [
        [say(QUESTION_WORDS[one.question]), one.subject].filter(Boolean).join(' '),
        say(ANSWER_WORDS[one.answer]),
        [`${one.text[language]}`, seen(one.old, one.new)].filter(Boolean).join(' '),
        one.basis[language],
      ]),
    },
    {
      id: 'secrets',
      title: say(W.secrets),
      lead: say(result.secrets === null ? W.notCompared : W.secretsLead),
      headings: [say(W.what), say(W.change), say(W.place)],
      rows: SECRET_CHANGES.flatMap((kind) =>
        (result.secrets ?? [])
          .filter((one) => one.change === kind)
          .map((one) => [
            `${say(KIND_WORDS[one.kind])} ${one.name} (${one.subject}; ${say(OPENS_WORDS[one.opens])}${one.known ? `; ${say(W.everybody)}` : ''})`,
            say(SECRET_CHANGE_WORDS[one.change]),
            [...new Set([one.old?.path, one.new?.path])].filter((path) => path !== undefined).join(' → '),
          ]),
      ),
    },
    {
      id: 'verdicts',
      title: say(W.verdicts),
      ...none(result.verdicts),
      headings: [say(W.provision), say(W.scope), say(W.old), say(W.new)],
      rows: [...Map.groupBy(result.verdicts, ({ id, old, new: now }) => `${id} ${old} ${now}`).values()].map(
        (group) => [
          group[0]?.id ?? '',
          group.map(({ scope }) => scope).join(', '),
          verdict(group[0]?.old),
          verdict(group[0]?.new),
        ],
      ),
    },
    {
      id: 'findings',
      title: say(W.findings),
      ...none(result.findings),
      headings: [say(W.finding), say(W.change), say(W.place)],
      rows: byChange(result.findings).map((one) => [one.title[language], change(one.change), one.path]),
    },
    {
      id: 'chains',
      title: say(W.chains),
      ...none(result.chains),
      headings: [say(W.step), say(W.old), say(W.new)],
      rows: result.chains.map((one) => [
        [one.scheme, one.stages.join(', ')].filter(Boolean).join(': '),
        one.old === null ? '–' : (one.old.level ?? '–'),
        one.new === null ? '–' : (one.new.level ?? '–'),
      ]),
    },
    {
      id: 'mechanisms',
      title: say(W.mechanisms),
      ...none(result.mechanisms),
      headings: [say(W.part), say(W.change), say(W.old), say(W.new)],
      rows: byChange(result.mechanisms).map((one) => [
        `${one.title[language]}: ${say(PART_WORDS[one.part])}`,
        change(one.change),
        one.old.map(told).join(' ') || '–',
        one.new.map(told).join(' ') || '–',
      ]),
    },
    {
      id: 'services',
      title: say(W.services),
      ...none(services),
      headings: [say(W.service), say(W.change), say(W.old), say(W.new), say(W.authenticates)],
      rows: byChange(services).map((one) => [
        `${one.title} (${one.path})`,
        change(one.change),
        joined(one.listens.old),
        joined(one.listens.new),
        truth(one.change === 'removed' ? one.authenticates.old : one.authenticates.new),
      ]),
    },
    states('accounts', W.accounts, result.accounts),
    states('keys', W.keys, result.keys),
    {
      id: 'components',
      title: say(W.components),
      lead: say(W.equalComponents, { count: whole(equal, language) }),
      headings: [say(W.component), say(W.change), say(W.old), say(W.new)],
      rows: byChange(moving).map((one) => [one.title, change(one.change), joined(one.old), joined(one.new)]),
    },
    {
      id: 'files',
      title: say(W.files),
      lead:
        result.files === null
          ? say(W.notCompared)
          : say(W.filesLine, {
              equal: whole(result.files.equal, language),
              moved: whole(result.files.moved, language),
              changed: whole(result.files.changed, language),
              added: whole(result.files.added, language),
              removed: whole(result.files.removed, language),
            }),
      headings: [say(W.place), say(W.change)],
      rows: [
        ...(result.files?.addedPaths ?? []).map((path) => [path, change('added')]),
        ...(result.files?.changedPaths ?? []).map((one) => [one.new, change('changed')]),
        ...(result.files?.removedPaths ?? []).map((path) => [path, change('removed')]),
      ],
    },
  ]
}

const SHOWN = 16

/** Fingerprints and versions of both sides, where there are any. */
function seen(old: readonly string[], added: readonly string[]): string {
  if (old.length + added.length === 0) return ''
  const short = (values: readonly string[]) =>
    values.map((one) => (/^[0-9a-f]{64}$/.test(one) ? `${one.slice(0, SHOWN)}…` : one)).join(', ') || '–'
  return `(${short(old)} → ${short(added)})`
}
