import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { shellsCheck } from './index.ts'

function evidenceOf(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).map((name) => {
    const artefact = testArtefact(name.replaceAll('__', '/'), readFileSync(new URL(name, folder)))
    return { name, evidence: runChecks([shellsCheck], [artefact]).evidence }
  })
}

const said = (path: string, text: string) =>
  runChecks([shellsCheck], [testArtefact(path, text)]).evidence.map(({ kind, confidence, place }) => [
    kind,
    confidence.grade,
    place.offset,
  ])

describe('services.shells', () => {
  it('finds what starts a shell, and names what would overturn it', () => {
    for (const { name, evidence } of evidenceOf('positive')) {
      expect(evidence.length, name).toBe(1)
      for (const draft of evidence) {
        expect(draft.polarity).toBe('against')
        expect(draft.overturnedBy?.en, name).toMatch(/\S/)
      }
    }
  })

  it.each(['negative', 'near-miss'])('is silent about what does not: %s', (kind) => {
    for (const { name, evidence } of evidenceOf(kind)) expect(evidence, name).toEqual([])
  })

  it('names the line, and tells a login from a shell for anyone', () => {
    const { evidence } = runChecks(
      [shellsCheck],
      [testArtefact('etc/inittab', '# first\n::respawn:/usr/sbin/telnetd -l /bin/sh\n')],
    )
    expect(evidence[0]).toMatchObject({
      kind: 'service.shell.network',
      place: { offset: 8, length: 38 },
      observation: { authenticates: false },
    })
    expect(evidence[0]?.provisions.map((one) => one.id)).toContain('5.5-5')
    const login = runChecks([shellsCheck], [testArtefact('etc/inittab', '::respawn:/usr/sbin/telnetd\n')])
      .evidence[0]
    expect(login?.observation).toMatchObject({ authenticates: true })
    expect(login?.provisions.map((one) => one.id)).not.toContain('5.5-5')
  })

  it('holds a console against the product with low confidence only', () => {
    expect(said('etc/inittab', 'ttyS0::askfirst:/bin/sh\n')).toEqual([['service.shell.console', 'low', 0]])
    expect(said('etc/inittab', 'ttyS0::respawn:/sbin/getty -n -l /bin/sh ttyS0\n')).toEqual([
      ['service.shell.console', 'low', 0],
    ])
  })

  it('takes a condition for a condition', () => {
    expect(said('etc/rc.local', 'test -f /etc/debug && telnetd\n')).toEqual([
      ['service.shell.network', 'medium', 22],
    ])
  })

  it('counts an init script when a link starts it', () => {
    const script = testArtefact('etc/init.d/telnet', '#!/bin/sh\nstart() { telnetd; }\n')
    const link = testArtefact('etc/rc.d/S50telnet', '', { type: 'symlink', target: '../init.d/telnet' })
    const grade = (files: Parameters<typeof runChecks>[1]) =>
      runChecks([shellsCheck], files).evidence.map((one) => one.confidence.grade)
    expect(grade([script])).toEqual(['low'])
    expect(grade([script, link])).toEqual(['high'])
  })

  it('says once for each root what is there and not started', () => {
    const files = [testArtefact('usr/sbin/telnetd', 'x'), testArtefact('usr/sbin/in.rshd', 'x')]
    const { evidence } = runChecks([shellsCheck], files)
    expect(evidence).toMatchObject([{ kind: 'service.present.not-started', polarity: 'neutral' }])
    const started = runChecks(
      [shellsCheck],
      [...files, testArtefact('etc/inittab', '::respawn:telnetd\n')],
    ).evidence
    expect(started.map((one) => one.kind)).toEqual(['service.shell.network'])
  })
})
