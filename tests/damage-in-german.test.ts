import { expect, it } from 'vitest'
import { germanOf, spoken, TABLES } from '../packages/report/src/damage/german.ts'
import { ROOT } from './cli.ts'
import { damageMessages } from './damage-messages/index.ts'
import { strange } from './languages.ts'

const tables = TABLES.flatMap((table) => Object.entries(table))
const placesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()

/** What a reader says, without the decoder that says it, as far as it is not only passed on. */
const said = damageMessages(ROOT).flatMap(({ template, at }) => {
  let [speaker, rest] = spoken(template)
  while (speaker !== '') [speaker, rest] = spoken(rest)
  return /^(?:\{\w+\})*$/.test(rest) ? [] : [{ template: rest, at }]
})

it('follows the readers', () => {
  expect(said.length).toBeGreaterThan(800)
})

it('has German for every sentence of a reader', () => {
  const known = new Set(tables.map(([english]) => english))
  const missing = said
    .filter(({ template }) => !known.has(template))
    .map(({ template, at }) => `${at}: ${template}`)
  expect(
    missing,
    'write it with its German into a table of packages/report/src/damage, see shared.ts',
  ).toEqual([])
})

it('has no German for what no reader says', () => {
  const told = new Set(said.map(({ template }) => template))
  const unused = tables.map(([english]) => english).filter((english) => !told.has(english))
  expect(unused, 'take it out of its table in packages/report/src/damage').toEqual([])
})

it('has each sentence once, with the same places in both languages', () => {
  expect(tables.length).toBe(new Set(tables.map(([english]) => english)).size)
  for (const [english, german] of tables) expect(placesOf(german), english).toEqual(placesOf(english))
})

it('is German', () => {
  expect(tables.flatMap(([, german]) => strange(german, 'de'))).toEqual([])
})

it('gives each sentence its own German, with values as they are', () => {
  const value = (place: string) =>
    /^\{\d/.test(place) ? '4711' : place === '{message}' ? 'encrypted' : 'etc/a name'
  const shown = (place: string) => (place === '{message}' ? 'verschlüsselt' : value(place))
  for (const [english, german] of tables)
    expect(germanOf(english.replace(/\{\w+\}/g, value)), english).toBe(german.replace(/\{\w+\}/g, shown))
})
