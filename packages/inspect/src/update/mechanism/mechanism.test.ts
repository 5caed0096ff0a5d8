import { describe, expect, it } from 'vitest'
import type { Check, EvidenceDraft } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import type { PartFact } from './facts.ts'
import { mechanismCheck } from './index.ts'
import { inShort, mechanismsOf, partFaults, systemArtefacts } from './testing.ts'

const PART: PartFact = {
  part: { id: 'source', way: 'remote', protocol: 'https', address: 'https://updates.example.net/' },
  client: { id: 'sample', title: { en: 'Sample', de: 'Muster' } },
  statement: { en: 'Updates come from a server.', de: 'Updates kommen von einem Server.' },
  polarity: 'neutral',
  confidence: { grade: 'high', reason: { en: 'It is written there.', de: 'Es steht dort.' } },
  how: 'configuration',
  line: 1,
}

/** Gives parts at a file, as a check of a client does. */
function giver(...parts: readonly PartFact[]): Check {
  return {
    ...mechanismCheck,
    id: 'update.sample',
    states: [],
    needs: [],
    gives: ['update.part'],
    wants: { paths: [/^(?:.*\/)?etc\/part$/] },
    look: (artefact, out) => {
      for (const part of parts) out.fact('update.part', placeOf(artefact, 0, 1), part)
    },
    conclude: () => {},
  }
}

function run(fixture: string, ...parts: readonly PartFact[]) {
  const artefacts = systemArtefacts(new URL(`./fixtures/${fixture}/`, import.meta.url))
  return runChecks([bootCheck, giver(...parts), mechanismCheck], artefacts)
}

const kinds = (evidence: readonly EvidenceDraft[]) =>
  evidence.map(({ kind }) => kind).filter((kind) => kind.startsWith('update.'))

describe('update.mechanism', () => {
  it('says of a system without one that none was recognised, and counts that neither for nor against', () => {
    const { evidence, facts } = run('positive/none')
    const [none] = evidence.filter(({ kind }) => kind === 'update.mechanism.none')
    expect(none).toMatchObject({ polarity: 'neutral', observation: { starts: ['sensord'] } })
    expect(facts.filter(({ kind }) => kind === 'update.mechanism')).toEqual([])
  })

  it('says nothing of that where there is one, or no system', () => {
    expect(kinds(run('negative/part', PART).evidence)).toEqual(['update.part.source'])
    expect(kinds(run('near-miss/no-system').evidence)).toEqual([])
  })

  it('joins the parts of a client, in their order, and asks for what was not found', () => {
    const agent: PartFact = {
      ...PART,
      part: { id: 'agent', version: '1.2', program: '/usr/bin/sample', started: 'boot' },
      statement: { en: 'A program.', de: 'Ein Programm.' },
    }
    const result = run('negative/part', PART, PART, agent)
    expect(inShort(result)).toEqual([
      'sample agent: A program. @ etc/part:1',
      'sample source: Updates come from a server. @ etc/part:1',
      'sample open: transport packageCheck anchor install rollback automatic notification reach',
    ])
    expect(partFaults(result)).toEqual([])
  })

  it('lets what belongs to the device as a whole answer for every client of it', () => {
    const shared: PartFact = {
      ...PART,
      client: undefined,
      part: { id: 'install', method: 'watchdog', names: ['watchdog0'] },
    }
    const [sample, device] = mechanismsOf(run('negative/part', PART, shared))
    expect(device).toMatchObject({ client: 'device', root: '', open: [] })
    expect(sample?.open.map(({ id }) => id)).not.toContain('install')
  })

  it('keeps systems apart, in other containers and in other folders', () => {
    const artefacts = [
      testArtefact('etc/part', 'x'),
      testArtefact('etc/part', 'x', { root: 'other' }),
      testArtefact('rescue/etc/part', 'x'),
    ]
    const result = runChecks([giver(PART), mechanismCheck], artefacts)
    expect(
      mechanismsOf(result)
        .map(({ root }) => root)
        .sort(),
    ).toEqual(['fw.bin@0x0:squashfs', 'fw.bin@0x0:squashfs/rescue', 'other'])
  })

  it('states no evidence where the check that found the part has its own', () => {
    expect(kinds(run('negative/part', { ...PART, evidence: 'update.client' }).evidence)).toEqual([])
  })
})
