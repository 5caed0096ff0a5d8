import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CREDENTIALS_CHECKS } from '../../credentials/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { anchorsCheck } from '../anchors/index.ts'
import { mechanismCheck } from '../mechanism/index.ts'
import { inShort, mechanismsOf, partFaults } from '../mechanism/testing.ts'
import { clientsCheck } from './index.ts'

function evidenceOf(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).map((name) => {
    const artefact = testArtefact(name.replaceAll('__', '/'), readFileSync(new URL(name, folder)), {
      mode: 0o755,
    })
    return { name, evidence: runChecks([clientsCheck], [artefact]).evidence }
  })
}

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ format: 'pem', type: 'spki' })
  .toString()
const RAUC =
  '[system]\ncompatible=example\n[keyring]\npath=/etc/rauc/key.pem\n[slot.rootfs.0]\n[slot.rootfs.1]\n'

describe('update.clients', () => {
  it('finds what is against the product, and names what would overturn it', () => {
    for (const { name, evidence } of evidenceOf('positive')) {
      const against = evidence.filter((draft) => draft.polarity === 'against')
      expect(against.length, name).toBeGreaterThan(0)
      for (const draft of against) expect(draft.overturnedBy?.en, name).toMatch(/\S/)
    }
  })

  it('finds updates without anything against them', () => {
    for (const { name, evidence } of evidenceOf('negative')) {
      expect(evidence.length, name).toBeGreaterThan(0)
      expect(
        evidence.filter((draft) => draft.polarity === 'against'),
        name,
      ).toEqual([])
    }
  })

  it('is silent about what only looks like an update', () => {
    for (const { name, evidence } of evidenceOf('near-miss')) expect(evidence, name).toEqual([])
  })

  it('reads what apt and apk are told', () => {
    const facts = (path: string, text: string) =>
      runChecks([clientsCheck], [testArtefact(path, text)])
        .facts.filter(({ kind }) => kind === 'update.client')
        .map(({ data }) => data)
    expect(
      facts(
        'etc/apt/sources.list.d/a.list',
        '# deb [trusted=yes] http://old x\ndeb [arch=arm64 signed-by=/usr/share/keyrings/a.gpg] http://deb.example.com stable main\n',
      ),
    ).toMatchObject([
      {
        client: 'apt',
        verification: 'required',
        keys: [{ path: 'usr/share/keyrings/a.gpg' }],
        sources: [{ url: 'http://deb.example.com' }],
      },
    ])
    expect(
      facts(
        'etc/apt/sources.list.d/a.sources',
        'Types: deb\nURIs: https://deb.example.com\nSuites: stable\nTrusted: yes\n',
      ),
    ).toMatchObject([{ verification: 'off', sources: [{ url: 'https://deb.example.com' }] }])
    expect(facts('etc/apt/apt.conf.d/90x', 'APT::Get::AllowUnauthenticated "true";\n')).toMatchObject([
      { client: 'apt', verification: 'off' },
    ])
    expect(facts('etc/apt/apt.conf.d/90x', 'Acquire::https::Verify-Peer "false";\n')).toMatchObject([
      { verification: 'unknown', tlsUnchecked: true },
    ])
    expect(
      facts(
        'etc/apt/apt.conf.d/90x',
        '// APT::Get::AllowUnauthenticated "true";\nAPT::Get::AllowUnauthenticated "false";\n',
      ),
    ).toEqual([])
    expect(facts('etc/apk/repositories', '#http://no\nhttps://dl.example.com/main\n')).toMatchObject([
      { client: 'apk', verification: 'required', sources: [{ url: 'https://dl.example.com/main' }] },
    ])
  })

  it('speaks for verification only when configuration, key and program are there', () => {
    const polarity = (files: Parameters<typeof runChecks>[1]) =>
      runChecks([clientsCheck, ...CREDENTIALS_CHECKS], files)
        .evidence.filter((one) => one.kind === 'update.signature.required')
        .map((one) => one.polarity)
    const conf = testArtefact('etc/rauc/system.conf', RAUC)
    const key = testArtefact('etc/rauc/key.pem', KEY)
    const program = testArtefact('usr/bin/rauc', '\x7fELF')
    expect(polarity([conf])).toEqual([])
    expect(polarity([conf, key])).toEqual(['neutral'])
    expect(polarity([conf, key, program])).toEqual(['for'])
    expect(polarity([conf, { ...key, root: 'other' }, program])).toEqual([])
  })

  it('names keyring, slots and schedule', () => {
    const crontab = '# 1 2 * * * /usr/sbin/old-update\n20 3 * * * /usr/sbin/update-check\n'
    const files = [
      testArtefact('etc/rauc/system.conf', RAUC),
      testArtefact('etc/rauc/key.pem', KEY),
      testArtefact('etc/crontabs/root', crontab),
    ]
    const kinds = runChecks([clientsCheck, mechanismCheck, ...CREDENTIALS_CHECKS], files).evidence.map(
      (one) => `${one.kind} ${one.place.offset}`,
    )
    expect(kinds).toContain(`update.slots ${RAUC.indexOf('[slot')}`)
    expect(kinds).toContain(`update.automatic ${crontab.indexOf('20 3')}`)
    expect(kinds.some((kind) => kind.startsWith('update.keyring'))).toBe(true)
    expect(kinds.filter((kind) => kind.startsWith('update.automatic')).length).toBe(1)
  })

  it('gives the parts of a mechanism that a configuration tells', () => {
    const run = runChecks(
      [clientsCheck, mechanismCheck, ...CREDENTIALS_CHECKS],
      [
        testArtefact('etc/rauc/system.conf', RAUC),
        testArtefact('etc/rauc/key.pem', KEY),
        testArtefact('etc/mender/mender.conf', '{"ServerURL": "http://m.example.net", "SkipVerify": true}'),
      ],
    )
    expect(inShort(run).filter((line) => !line.includes('open:'))).toEqual([
      'mender agent: Mender is configured; nothing was found that starts it. @ etc/mender/mender.conf',
      'mender source against: Updates come from http://m.example.net. @ etc/mender/mender.conf:1',
      'mender transport against: The certificate of the server is not checked. @ etc/mender/mender.conf',
      'mender packageCheck against: It is configured to install without a verified signature. @ etc/mender/mender.conf',
      'rauc agent: RAUC is configured; nothing was found that starts it. @ etc/rauc/system.conf',
      'rauc packageCheck: It verifies the signature of every update with /etc/rauc/key.pem. @ etc/rauc/system.conf:4',
      expect.stringMatching(
        /^rauc anchor: Updates are verified with this key: RSA-2048 \(SHA-256 [0-9a-f]{16}…\)\. @ etc\/rauc\/key\.pem$/,
      ),
    ])
    expect(partFaults(run)).toEqual([])
  })

  it('reads settings of SWUpdate that share a line, up to its comment', () => {
    const text =
      '# ca-path = "/c.pem"; a = 1;\nglobals : { no-downgrading = "2;1"; public-key-file = "/etc/k.pem"; };\n' +
      'suricatta : { url = "http://h.example.net:8080/#a"; nocheckcert = false; }; // id = 1; nocheckcert = true;\n' +
      'update-types : ( { name = "app"; max-version = "3"; } );\n'
    const run = runChecks([clientsCheck], [testArtefact('etc/swupdate.cfg', text)])
    expect(run.facts.find(({ kind }) => kind === 'update.client')?.data).toMatchObject({
      verification: 'required',
      keys: [{ path: 'etc/k.pem' }],
      sources: [{ url: 'http://h.example.net:8080/#a', line: 3 }],
      tlsUnchecked: false,
      details: { noDowngrading: '2;1', updateTypes: 'yes' },
    })
  })

  it('reads what SWUpdate is told, and nothing of comments', () => {
    const text =
      'globals :\n{\n  /* public-key-file = "/a.pem";\n  ca-path = "/b.pem"; */\n  no-downgrading = "2";\n};\nsuricatta :\n{\n  url = "http://h.example.net";\n};\n'
    const run = runChecks([clientsCheck], [testArtefact('etc/swupdate.cfg', text)])
    expect(run.facts.find(({ kind }) => kind === 'update.client')?.data).toMatchObject({
      verification: 'unknown',
      keys: [],
      sources: [{ url: 'http://h.example.net', line: 9 }],
      details: { noDowngrading: '2' },
    })
    // Without a word on signatures, plain HTTP decides nothing.
    expect(run.evidence.filter(({ polarity }) => polarity === 'against')).toEqual([])
    const args = 'SWUPDATE_ARGS="-v"\nSWUPDATE_SURICATTA_ARGS="-x -u https://h.example.net -p 60"\n'
    const [fact] = runChecks([clientsCheck], [testArtefact('etc/swupdate/conf.d/10-args', args)]).facts
    expect(fact?.data).toMatchObject({
      sources: [{ url: 'https://h.example.net', line: 2 }],
      tlsUnchecked: true,
      automatic: [{ by: 'daemon', interval: '60 s', line: 2 }],
    })
    // The daemon asks its server at an interval of its own where none is given.
    const own = args.replace(' -p 60', '')
    expect(
      runChecks([clientsCheck], [testArtefact('etc/swupdate/conf.d/10-args', own)]).facts[0]?.data,
    ).toMatchObject({ automatic: [{ by: 'daemon', byDefault: 'on', interval: null, line: 2 }] })
    const local = 'SWUPDATE_ARGS="-v -u https://h.example.net"\n'
    expect(
      runChecks([clientsCheck], [testArtefact('etc/swupdate/conf.d/10-args', local)]).facts[0]?.data,
    ).not.toHaveProperty('automatic.0')
  })

  it('reads clients of other kinds', () => {
    const client = (path: string, text: string) =>
      runChecks([clientsCheck], [testArtefact(path, text)]).facts.find(({ kind }) => kind === 'update.client')
        ?.data
    expect(client('etc/fwupd/fwupd.conf', '[fwupd]\nOnlyTrusted=false\n')).toMatchObject({
      verification: 'off',
    })
    expect(
      client('etc/fwupd/remotes.d/a.conf', '[fwupd Remote]\nEnabled=false\nMetadataURI=https://a\n'),
    ).toBeUndefined()
    expect(
      client(
        'etc/ostree/remotes.d/a.conf',
        '[remote "a"]\nurl=http://a.example.net\ngpg-verify=false\ntls-permissive=true\n',
      ),
    ).toMatchObject({ client: 'ostree', verification: 'off', tlsUnchecked: true })
    expect(
      client(
        'etc/sota/conf.d/20.toml',
        '[tls]\nserver = "https://a.example.net"\n[uptane]\npolling_sec = 600\n',
      ),
    ).toMatchObject({
      client: 'aktualizr',
      sources: [{ url: 'https://a.example.net' }],
      automatic: [{ interval: '600 s' }],
    })
    expect(
      client(
        'etc/config/attendedsysupgrade',
        "config server 'server'\n\toption url 'https://a.example.net'\nconfig client 'client'\n\toption auto_search '0'\n",
      ),
    ).toMatchObject({ sources: [{ url: 'https://a.example.net' }], automatic: [{ byDefault: 'off' }] })
    expect(
      client(
        'etc/config/easycwmp',
        "config acs\n\toption url 'http://acs.example.net'\n\toption periodic_interval '300'\n",
      ),
    ).toMatchObject({
      client: 'cwmp',
      automatic: [{ interval: '300 s' }],
    })
    expect(
      client('etc/apt/apt.conf.d/20auto-upgrades', 'APT::Periodic::Unattended-Upgrade "0";\n'),
    ).toMatchObject({
      automatic: [{ byDefault: 'off', does: 'installs' }],
    })
    expect(
      client('etc/rauc-hawkbit-updater/config.conf', '[client]\nhawkbit_server=a.example.net\nssl=false\n'),
    ).toMatchObject({
      sources: [{ url: 'http://a.example.net' }],
    })
  })

  it('names keys only where they verify something', () => {
    const usign = readFileSync(new URL('../anchors/fixtures/positive/usign.pub', import.meta.url))
    const key = testArtefact('etc/opkg/keys/1', usign)
    const feeds = testArtefact('etc/opkg/feeds.conf', 'src/gz base https://feeds.example.net/base\n')
    const option = testArtefact('etc/opkg.conf', 'option check_signature 1\n')
    const anchors = (files: Parameters<typeof runChecks>[1]) =>
      inShort(runChecks([clientsCheck, mechanismCheck, ...CREDENTIALS_CHECKS], files)).filter((line) =>
        line.startsWith('opkg anchor'),
      ).length
    expect(anchors([key, feeds])).toBe(0)
    expect(anchors([key, feeds, option])).toBe(1)
  })

  it('names the keys of OpenPGP that apt verifies with', () => {
    const ring = (name: string) =>
      readFileSync(new URL(`../../../../bytes/src/openpgp/fixtures/${name}`, import.meta.url))
    const rings = [
      testArtefact('etc/apt/trusted.gpg.d/maker.gpg', ring('ed25519.gpg')),
      testArtefact('usr/share/keyrings/named.gpg', ring('rsa2048.gpg')),
    ]
    const anchors = (text: string) =>
      inShort(
        runChecks(
          [clientsCheck, anchorsCheck, mechanismCheck, ...CREDENTIALS_CHECKS],
          [...rings, testArtefact('etc/apt/sources.list', text)],
        ),
      ).filter((line) => line.startsWith('apt anchor'))
    expect(anchors('deb http://a.example.net/d x main\n')).toEqual([
      expect.stringMatching(/Ed25519 .* @ etc\/apt\/trusted\.gpg\.d\/maker\.gpg$/),
    ])
    const named = 'deb [signed-by=/usr/share/keyrings/named.gpg] http://a.example.net/d x main\n'
    expect(anchors(named)).toEqual([expect.stringMatching(/RSA-2048 .* @ usr\/share\/keyrings\/named\.gpg$/)])
    expect(anchors('deb [trusted=yes] http://a.example.net/d x main\n')).toEqual([])
  })

  it('knows the certificates of the recovery of Android', () => {
    const certificate = readFileSync(new URL('../anchors/fixtures/positive/certificate.pem', import.meta.url))
    const archive = testArtefact('system/etc/security/otacerts.zip', 'PK')
    const inside = testArtefact('release.x509.pem', certificate, { root: `${archive.path}@0x0:zip` })
    const run = runChecks([clientsCheck, mechanismCheck, ...CREDENTIALS_CHECKS], [archive, inside])
    expect(inShort(run).filter((line) => !line.includes(' open'))).toEqual([
      'android agent: Android is configured; nothing was found that starts it. @ system/etc/security/otacerts.zip',
      'android packageCheck: It verifies the signature of every update. @ system/etc/security/otacerts.zip',
      expect.stringMatching(
        /^android anchor: .* @ system\/etc\/security\/otacerts\.zip@0x0:zip\/release\.x509\.pem$/,
      ),
    ])
    expect(mechanismsOf(run)).toHaveLength(1)
  })

  it('tells an archive of apt once, where its first suite stands', () => {
    const text =
      '# archive\ndeb http://a.example.net/d bookworm main\ndeb http://a.example.net/d bookworm-updates main\ndeb http://s.example.net/d bookworm-security main\n'
    const [fact] = runChecks([clientsCheck], [testArtefact('etc/apt/sources.list', text)]).facts
    expect(fact?.data).toMatchObject({
      sources: [
        { url: 'http://a.example.net/d', line: 2 },
        { url: 'http://s.example.net/d', line: 4 },
      ],
    })
  })

  it('reads the option of opkg across files of one root', () => {
    const feeds = testArtefact('etc/opkg/feeds.conf', 'src/gz base https://feeds.example.net/base\n')
    const option = testArtefact('etc/opkg.conf', 'option check_signature 1\n')
    const kinds = (files: Parameters<typeof runChecks>[1]) =>
      runChecks([clientsCheck], files).evidence.map((one) => one.kind)
    expect(kinds([feeds])).toContain('update.signature.disabled')
    expect(inShort(runChecks([clientsCheck, mechanismCheck], [feeds]))).toContain(
      'opkg packageCheck against: No file of opkg has the option check_signature: it does not verify its feeds. @ etc/opkg/feeds.conf',
    )
    // What decides is missing: it is repeated where it would stand.
    const missing = runChecks([clientsCheck], [feeds]).evidence.find(
      ({ kind }) => kind === 'update.signature.disabled',
    )
    expect(missing?.title.en).toBe(
      'No file of opkg has the option check_signature: it does not verify its feeds',
    )
    expect(missing?.observation).toEqual({
      client: 'opkg',
      verification: 'off',
      repeat: 'grep -rs check_signature etc/opkg.conf etc/opkg',
    })
    expect(kinds([feeds, option])).not.toContain('update.signature.disabled')
  })
})
