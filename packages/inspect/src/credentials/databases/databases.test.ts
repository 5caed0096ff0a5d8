import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks } from '../../testing.ts'
import { fixtureCases, inShort } from '../testing.ts'
import { databasesCheck } from './index.ts'

function found(kind: 'near-miss' | 'negative' | 'positive'): readonly string[] {
  const artefacts = fixtureCases(import.meta.url, kind).flatMap((one) => one.artefacts)
  const databases = artefacts.map((artefact) => ({ ...artefact, format: 'sqlite' }))
  return inShort(runChecks([databasesCheck, bootCheck], databases).evidence)
}

describe('credentials.databases', () => {
  it('reads columns and tables of settings', () => {
    expect(found('positive')).toEqual([
      'mqtt settings.mqtt_password Br0ker-pw: against medium, set',
      'web-login users.password (admin) admin: against medium, default',
      'web-login users.password (service) Serv1ce-pw: against medium, set',
    ])
  })

  it('says where the value lies', () => {
    const [database] = fixtureCases(import.meta.url, 'positive').flatMap((one) => one.artefacts)
    const { evidence } = runChecks([databasesCheck], [{ ...database!, format: 'sqlite' }])
    for (const { place, observation } of evidence) {
      const { value } = observation as { readonly value: { readonly $secret: { readonly value: string } } }
      const there = Buffer.from(database!.bytes.view(place.offset, place.length)).toString('latin1')
      expect(there).toBe(value.$secret.value)
    }
  })

  it('is silent about hashes, translations, placeholders and other tables', () => {
    expect(found('negative')).toEqual([])
    expect(found('near-miss')).toEqual([])
  })
})
