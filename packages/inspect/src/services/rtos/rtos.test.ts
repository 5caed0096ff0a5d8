import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { rtosCheck } from './index.ts'
import { SIGNS } from './signs.ts'

function evidenceOf(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).flatMap(
    (name) =>
      runChecks([rtosCheck], [testArtefact('', readFileSync(new URL(name, folder)), { type: 'unknown' })])
        .evidence,
  )
}

describe('services.rtos', () => {
  it('tells what a firmware names, with low confidence, and holds it against nobody', () => {
    const found = evidenceOf('positive')
    expect(found.map(({ polarity, confidence }) => [polarity, confidence.grade])).toEqual([
      ['neutral', 'low'],
      ['neutral', 'low'],
    ])
    const named = found.map(({ observation }) =>
      (observation as { readonly signs: readonly { readonly what: string }[] }).signs.map(({ what }) => what),
    )
    expect(named).toEqual([
      ['FreeRTOS', 'lwIP', 'ESP-IDF web server', 'MQTT client', 'ESP-IDF OTA over HTTPS'],
      ['Zephyr', 'Zephyr shell', 'MCUmgr'],
    ])
  })

  it('says nothing of programs that only quote names', () => {
    expect(evidenceOf('near-miss')).toEqual([])
    expect(evidenceOf('negative')).toEqual([])
  })

  it('has each text once', () => {
    expect(new Set(SIGNS.map(({ literal }) => literal)).size).toBe(SIGNS.length)
  })
})
