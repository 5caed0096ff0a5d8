import { expect, it } from 'vitest'
import { damageText, germanOf, TABLES } from './german.ts'
import { Templates } from './templates.ts'

it('says in German what a reader says, with its values', () => {
  expect(germanOf('the CRC differs')).toBe('die CRC weicht ab')
  expect(germanOf('4096 bytes are announced, 17 are there')).toBe('4096 Bytes sind angekündigt, 17 vorhanden')
  expect(germanOf('the part fw.002 is missing')).toBe('der Teil fw.002 fehlt')
})

it('leaves the name of a decoder, and says what it passes on', () => {
  expect(germanOf('zoo LZW: the data ends early')).toBe('zoo LZW: die Daten enden vorzeitig')
  expect(germanOf('metadata does not decompress: xz: the index is damaged')).toBe(
    'Metadaten lassen sich nicht entpacken: xz: der Index ist beschädigt',
  )
})

it('takes the sentence with more text of its own', () => {
  expect(germanOf('compression 7: it is shown as it is stored')).toBe(
    'Kompression 7: wird gezeigt, wie es gespeichert ist',
  )
})

it('leaves names as they are, also where they are sentences or look like places', () => {
  expect(germanOf('the part the CRC differs is missing')).toBe('der Teil the CRC differs fehlt')
  expect(germanOf('the part {name}$& is missing')).toBe('der Teil {name}$& fehlt')
  expect(germanOf('what is not in this file lies in "a", and is zero here", and is zero here')).toBe(
    'was nicht in dieser Datei ist, liegt in „a", and is zero here“; hier stehen Nullen',
  )
})

it('quotes what no table has, as in results of other versions', () => {
  expect(damageText('the cow is gone', 'de')).toBe('„the cow is gone“')
  expect(damageText('a tree: the cow is gone', 'de')).toBe('ein Baum: „the cow is gone“')
  expect(damageText(' bytes are announced, 2 are there', 'de')).toMatch(/^„/)
  expect(damageText('the CRC differs', 'en')).toBe('the CRC differs')
})

it('ends for sentences within sentences without end', () => {
  expect(damageText('a tree: '.repeat(100_000), 'de')).toMatch(/^ein Baum: .*“$/)
})

it('compares a message with few sentences, however many there are', () => {
  const templates = new Templates(TABLES.flatMap((table) => Object.entries(table)))
  const counts = TABLES.flatMap((table) => Object.keys(table)).map(
    (english) => templates.candidates(english.replace(/\{\w+\}/g, '17')).length,
  )
  expect(Math.max(...counts)).toBeLessThan(30)
})
