import { describe, expect, it } from 'vitest'
import { packagesCheck } from '../../components/packages/index.ts'
import type { Check, EvidenceDraft } from '../../contract.ts'
import { CREDENTIALS_CHECKS } from '../../credentials/index.ts'
import { placeOf } from '../../drafts.ts'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { UPDATE_CHECKS } from '../index.ts'
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

  it('holds it against a system of which everything is known and nothing can update it, and only then', () => {
    const { evidence } = run('positive/absent')
    const [absent] = evidence.filter(({ kind }) => kind === 'update.mechanism.absent')
    expect(absent).toMatchObject({ polarity: 'against', confidence: { grade: 'medium' } })
    expect(absent?.overturnedBy?.en).toMatch(/USB/)
    const files = systemArtefacts(new URL('./fixtures/positive/absent/', import.meta.url))
    const kindsWith = (line: string) =>
      kinds(
        runChecks(
          [bootCheck, giver(), mechanismCheck],
          files.map((one) =>
            one.inner === 'etc/inittab' ? testArtefact(one.inner, `${one.text()}${line}\n`) : one,
          ),
        ).evidence,
      )
    expect(kindsWith('')).toEqual(['update.mechanism.absent'])
    expect(kindsWith('::respawn:/usr/sbin/lighttpd -D')).toEqual(['update.mechanism.none'])
    expect(kindsWith('::respawn:/usr/sbin/sensord')).toEqual(['update.mechanism.none'])
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
    const asked = (method: 'boot-count' | 'watchdog', grade: 'low' | 'high') => {
      const confidence = { ...PART.confidence, grade }
      const part = { id: 'install', method, names: ['sample'] } as const
      const shared: PartFact = { ...PART, client: undefined, part, confidence }
      const [sample, device] = mechanismsOf(run('negative/part', PART, shared))
      expect(device).toMatchObject({ client: 'device', root: '', open: [] })
      return sample?.open.map(({ id }) => id)
    }
    expect(asked('boot-count', 'high')).not.toContain('install')
    // A mere sign answers nothing, and a watchdog does not tell what is started then.
    expect(asked('boot-count', 'low')).toContain('install')
    expect(asked('watchdog', 'high')).toContain('install')
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

describe('update mechanisms of whole systems', () => {
  const ALL = [bootCheck, packagesCheck, ...CREDENTIALS_CHECKS, ...UPDATE_CHECKS]
  const told = (fixture: string) => {
    const result = runChecks(ALL, systemArtefacts(new URL(`./fixtures/${fixture}/`, import.meta.url)))
    expect(partFaults(result), fixture).toEqual([])
    // Installation, rollback protection and reach have checks and tests of their own.
    return inShort(result).filter((line) => !/^\S+ (?:install|rollback|reach|open)\b/.test(line))
  }

  it('RAUC', () => {
    expect(told('negative/rauc')).toEqual([
      'rauc agent: RAUC is installed and configured; it starts with the system. @ etc/rauc-hawkbit-updater/config.conf',
      'rauc source: Updates come from https://updates.example.net. @ etc/rauc-hawkbit-updater/config.conf:2',
      'rauc transport: It is configured to check the certificate of the server. @ etc/rauc-hawkbit-updater/config.conf:4',
      'rauc packageCheck for: It verifies the signature of every update with /etc/rauc/keyring.pem. @ etc/rauc/system.conf:8',
      'rauc anchor: Updates are verified with this key: RSA-3072 (SHA-256 9ceb839fef5f21aa…). @ etc/rauc/keyring.pem',
      'rauc automatic: It installs updates by itself, as it is configured. @ etc/rauc-hawkbit-updater/config.conf:2',
    ])
  })
  it('SWUpdate', () => {
    expect(told('negative/swupdate')).toEqual([
      'swupdate agent: SWUpdate is installed and configured; it starts with the system. @ etc/swupdate.cfg',
      'swupdate source: Updates come from https://hawkbit.example.net. @ etc/swupdate.cfg:13',
      'swupdate source: Updates are taken from a web page of the device. @ etc/swupdate.cfg:20',
      'swupdate transport: The server is checked with the certificates in /etc/swupdate/server-ca.pem. @ etc/swupdate.cfg:15',
      'swupdate packageCheck for: It is configured to verify signatures with /etc/swupdate/public.pem. @ etc/swupdate.cfg:6',
      'swupdate anchor: Updates are verified with this key: RSA-2048 (SHA-256 6dc17f2db391666f…). @ etc/swupdate/public.pem',
      'swupdate automatic: How often it asks its server is configured (360 s); whether it does was not found. @ etc/swupdate.cfg:14',
    ])
  })
  it('Mender', () => {
    expect(told('negative/mender')).toEqual([
      'mender agent: Mender 3.4.0+ds1-5 is installed and configured; it starts with the system. @ etc/mender/mender.conf',
      'mender source: Updates come from https://mender.example.net. @ etc/mender/mender.conf:6',
      'mender transport: The server is checked with the certificates in /etc/mender/server.crt. @ etc/mender/mender.conf:7',
      'mender packageCheck for: It is configured to verify signatures with /etc/mender/artifact-verify-key.pem. @ etc/mender/mender.conf:2',
      'mender anchor: Updates are verified with this key: ECDSA P-256 (SHA-256 5af826d1dec9fcb2…). @ etc/mender/artifact-verify-key.pem',
      'mender automatic: It installs updates by itself, as it is configured (1800 s). @ etc/mender/mender.conf:8',
    ])
  })
  it('opkg with check_signature', () => {
    expect(told('negative/opkg')).toEqual([
      'opkg agent: opkg is installed and configured; nothing was found that starts it. @ etc/opkg.conf',
      'opkg agent: /usr/sbin/package-update has updates installed by opkg; a schedule starts it. @ usr/sbin/package-update:4',
      'opkg source: Updates come from http://feeds.example.net/23.05/targets/core. @ etc/opkg/distfeeds.conf:1',
      'opkg source: Updates come from http://feeds.example.net/23.05/packages/base. @ etc/opkg/distfeeds.conf:2',
      'opkg packageCheck for: It is configured to verify signatures. @ etc/opkg.conf:5',
      'opkg anchor: Updates are verified with this key: Ed25519 (SHA-256 3c52a46950a57add…). @ etc/opkg/keys/6351c7fd73229170',
      'opkg automatic for: A crontab of the image starts it (30 4 * * 0). @ etc/crontabs/root:1',
    ])
  })
  it('opkg without check_signature', () => {
    expect(told('positive/opkg')).toEqual([
      'opkg agent: opkg is installed and configured; nothing was found that starts it. @ etc/opkg/distfeeds.conf',
      'opkg source against: Updates come from http://feeds.example.net/23.05/targets/core. @ etc/opkg/distfeeds.conf:1',
      'opkg source against: Updates come from http://feeds.example.net/23.05/packages/base. @ etc/opkg/distfeeds.conf:2',
      'opkg packageCheck against: No file of opkg has the option check_signature: it does not verify its feeds. @ etc/opkg/distfeeds.conf',
    ])
  })
  it('a script of the maker', () => {
    expect(told('positive/script')).toEqual([
      'script:/usr/sbin/ota.sh agent: /usr/sbin/ota.sh writes to flash what it fetches; a schedule starts it. @ usr/lib/ota/functions.sh:9',
      'script:/usr/sbin/ota.sh source against: It fetches http://ota.example.net/gw-2/firmware.bin. @ usr/lib/ota/functions.sh:3',
      'script:/usr/sbin/ota.sh source against: It fetches http://ota.example.net/gw-2/pre.sh. @ usr/sbin/ota.sh:7',
      'script:/usr/sbin/ota.sh packageCheck against: What was fetched is written to flash without a verified signature; only a checksum is computed. @ usr/lib/ota/functions.sh:9',
      'script:/usr/sbin/ota.sh packageCheck against: What was fetched is run without a verified signature. @ usr/sbin/ota.sh:7',
      'script:/usr/sbin/ota.sh automatic for: A crontab of the image starts it (15 2 * * *). @ etc/crontabs/root:1',
    ])
  })
  it('with what other checks tell of the same client', () => {
    const files = systemArtefacts(new URL('./fixtures/negative/rauc/', import.meta.url))
    const [rauc] = mechanismsOf(runChecks(ALL, files))
    const found = new Set(rauc?.parts.map(({ id }) => id))
    expect([...found].filter((id) => /install|rollback|reach/.test(id))).toEqual([
      'install',
      'rollback',
      'reach',
    ])
    expect(rauc?.open.map(({ id }) => id)).toEqual(['notification'])
  })
  it('none', () => {
    expect(told('positive/none')).toEqual([])
  })
})
