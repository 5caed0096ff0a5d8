import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft, Fact, Facts } from '../../contract.ts'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { fixtureCases } from '../testing.ts'
import { privateKeysCheck } from './index.ts'
import { sampleReason } from './sample.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

function artefactsOf(kind: Kind, name: string) {
  return fixtureCases(import.meta.url, kind).find((one) => one.name === name)?.artefacts ?? []
}

function run(kind: Kind, name: string) {
  return runChecks([privateKeysCheck], artefactsOf(kind, name))
}

/** `file: kind, polarity, grade`. */
function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(
    ({ kind, polarity, confidence, place }) => `${place.inner}: ${kind}, ${polarity}, ${confidence.grade}`,
  )
}

/** `file: algorithm bits container` of what is reported. */
function keysOf(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ place, observation }) => {
    const { algorithm, bits, container } = observation as { readonly [key: string]: string | number }
    return `${place.inner}: ${algorithm} ${bits} ${container}`
  })
}

function spkiOf(fixture: string): string {
  const key = createPrivateKey(readFileSync(new URL(`./fixtures/positive/pem/${fixture}`, import.meta.url)))
  return createHash('sha256')
    .update(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

describe('credentials.private-keys', () => {
  it('reads PEM of every kind', () => {
    const { evidence } = run('positive', 'pem')
    expect(keysOf(evidence)).toEqual([
      'etc/ssl/private/dsa.pem: dsa 1024 dsa',
      'etc/ssl/private/ec8.pem: ec-secp384r1 384 pkcs8',
      'etc/ssl/private/ed25519.pem: ed25519 256 pkcs8',
      'etc/ssl/private/pkcs1.pem: rsa 1024 pkcs1',
      'etc/ssl/private/pkcs8.pem: rsa 1024 pkcs8',
      'etc/ssl/private/sec1.pem: ec-prime256v1 256 sec1',
      'root/.ssh/id_ecdsa: ec-prime256v1 256 openssh',
      'root/.ssh/id_ed25519: ed25519 256 openssh',
      'root/.ssh/id_rsa: rsa 1024 openssh',
    ])
    for (const { kind, polarity, confidence } of evidence) {
      expect([kind, polarity, confidence.grade]).toEqual(['key.private', 'against', 'high'])
    }
    expect(evidence[3]?.observation).toMatchObject({ spkiSha256: spkiOf('etc__ssl__private__pkcs1.pem') })
    expect(evidence[6]?.observation).toMatchObject({ name: 'root@device' })
  })

  it('reads DER without a name, as a file and inside of a program, each key once and in its place', () => {
    expect(keysOf(run('positive', 'der').evidence)).toEqual([
      'etc/keys/ec.der: ec-prime256v1 256 sec1',
      'etc/keys/ed25519.pk8: ed25519 256 pkcs8',
      'etc/keys/rsa.key: rsa 1024 pkcs1',
    ])
    const { evidence } = run('positive', 'inside-of-a-program')
    expect(keysOf(evidence).map((key) => key.replace('usr/bin/agent: ', ''))).toEqual([
      'rsa 1024 pkcs1',
      'rsa 1024 pkcs8',
      'ec-prime256v1 256 pkcs8',
      'ec-secp384r1 384 pkcs8',
      'ec-prime256v1 256 sec1',
    ])
    // The program: 1000 zeros, the key, seven letters, the same key with the 26 bytes of PKCS#8 before it.
    const { length } = readFileSync(new URL('./fixtures/positive/der/etc__keys__rsa.key', import.meta.url))
    expect(evidence.map(({ place }) => [place.offset, place.length]).slice(0, 2)).toEqual([
      [1000, length],
      [1000 + length + 7, length + 26],
    ])
  })

  it('reads host keys of Dropbear', () => {
    expect(keysOf(run('positive', 'dropbear').evidence)).toEqual([
      'etc/dropbear/dropbear_ecdsa_host_key: ec-prime256v1 256 dropbear',
      'etc/dropbear/dropbear_ed25519_host_key: ed25519 256 dropbear',
      'etc/dropbear/dropbear_rsa_host_key: rsa 1024 dropbear',
    ])
  })

  it('reads PEM whose line breaks are written out in source code', () => {
    const { evidence } = run('positive', 'written-out')
    expect(keysOf(evidence)).toEqual([
      'etc/cloud.json: rsa 1024 pkcs1',
      'www/cgi-bin/key.lua: rsa 1024 pkcs1',
    ])
    for (const { observation } of evidence) {
      expect(observation).toMatchObject({ spkiSha256: spkiOf('etc__ssl__private__pkcs1.pem') })
    }
  })

  it('pairs a key with its certificates, in PEM and in DER', () => {
    const { evidence, facts } = run('positive', 'paired')
    expect(inShort(evidence)).toEqual([
      'etc/uhttpd.key: key.private, against, high',
      'etc/uhttpd.pem: key.certificate.paired, against, high',
      'www/router.crt: key.certificate.paired, against, high',
      'etc/uhttpd.pem: key.public, neutral, high',
    ])
    expect(evidence[1]?.observation).toMatchObject({
      subject: 'CN=router.local, O=Acme',
      signatureAlgorithm: 'sha256WithRSAEncryption',
      selfIssued: true,
      ca: true,
      notAfter: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      privateKeys: [{ path: 'fw.bin@0x0:squashfs/etc/uhttpd.key', offset: 0 }],
    })
    expect(new Set(facts.map(({ data }) => (data as { readonly spkiSha256: string }).spkiSha256)).size).toBe(
      1,
    )
  })

  it('names what would overturn it, and counts a key of SSH against 5.4-3 alone', () => {
    for (const { name, artefacts } of fixtureCases(import.meta.url, 'positive')) {
      const against = runChecks([privateKeysCheck], artefacts).evidence.filter(
        ({ polarity }) => polarity === 'against',
      )
      expect(against, name).not.toEqual([])
      for (const draft of against) expect(draft.overturnedBy, name).toBeDefined()
    }
    const [host] = run('positive', 'dropbear').evidence
    expect(host?.provisions.map(({ id }) => id)).toEqual(['5.4-3', '5.4-3'])
  })

  it('never lets the private half out', () => {
    const { evidence, facts } = run('positive', 'der')
    const raw = readFileSync(
      new URL('./fixtures/positive/der/etc__keys__ed25519.pk8', import.meta.url),
    ).subarray(16)
    const said = JSON.stringify([evidence, facts])
    for (const form of ['hex', 'base64', 'base64url'] as const) expect(said).not.toContain(raw.toString(form))
  })
})

describe('what is no finding', () => {
  it('takes public keys and certificates as facts only', () => {
    const { evidence, facts } = run('negative', 'public-halves')
    expect(inShort(evidence)).toEqual(['etc/cacerts.jks: key.public, neutral, high'])
    expect(evidence[0]?.observation).toMatchObject({ publicKeys: 6, certificates: 3, authorities: 3 })
    expect(
      facts
        .map(({ place, data }) => `${place.inner}: ${(data as { readonly container: string }).container}`)
        .sort(),
    ).toEqual([
      'etc/cacerts.jks: certificate',
      'etc/opkg/keys/0123: signify',
      'etc/rauc/update.pub.pem: spki',
      'etc/rsa.pem: pkcs1',
      'etc/ssl/certs/ca.der: certificate',
      'etc/ssl/certs/ca.pem: certificate',
      'root/.ssh/authorized_keys: openssh-public',
      'root/.ssh/authorized_keys: openssh-public',
      'root/.ssh/authorized_keys: openssh-public',
    ])
  })

  it('names encrypted keys without holding them against the product, and says what was tried', () => {
    const { evidence } = run('negative', 'encrypted')
    const encrypted = evidence.filter(({ kind }) => kind !== 'key.public')
    expect(
      encrypted.map(({ place, kind, polarity, observation }) => {
        const { protection, tried } = observation as { readonly protection: string; readonly tried: number }
        return `${place.inner}: ${kind}, ${polarity}, ${protection}, ${tried > 0 ? 'tried' : 'not tried'}`
      }),
    ).toEqual([
      'etc/hard.jks: key.private.encrypted, neutral, JKS, tried',
      'etc/hard.p12: key.private.encrypted, neutral, PBES2 PBKDF2-SHA256 2048 AES-256-CBC, tried',
      'etc/hard.uber: key.private.encrypted, neutral, UBER Twofish, not tried',
      'etc/hard2.ppk: key.private.encrypted, neutral, SHA-1 AES-256-CBC, tried',
      'etc/hard3.ppk: key.private.encrypted, neutral, Key-Derivation: Argon2id, not tried',
      'etc/locked.asc: key.private.encrypted, neutral, OpenPGP S2K 3, not tried',
      'etc/new.pem: key.private.encrypted, neutral, PBES2 PBKDF2-SHA256 2048 AES-256-CBC, tried',
      'etc/old.pem: key.private.encrypted, neutral, OpenSSL MD5 AES-128-CBC, tried',
      'etc/scrypt.pem: key.private.encrypted, neutral, PBES2 scrypt N=16384 r=8 p=1 AES-256-CBC, tried',
      'root/.ssh/id_ed25519: key.private.encrypted, neutral, aes256-ctr bcrypt, not tried',
    ])
  })

  it('takes the example in the usage text of age-keygen for what it is, and counts it where a file of its own holds it', () => {
    const example = 'AGE-SECRET-KEY-1N9JEPW6DWJ0ZQUDX63F5A03GX8QUW7PXDE39N8UYF82VZ9PC8UFS3M7XA9'
    const program = Buffer.concat([Buffer.from(`Usage:\n    ${example}\n`), Buffer.alloc(40_000)])
    const found = [
      testArtefact('usr/bin/age-keygen', program, { format: 'elf' }),
      testArtefact('etc/ota/key.txt', `${example}\n`),
    ].flatMap((artefact) => runChecks([privateKeysCheck], [artefact]).evidence)
    expect(inShort(found)).toEqual([
      'usr/bin/age-keygen: key.private, neutral, high',
      'etc/ota/key.txt: key.private, against, high',
    ])
  })

  it('takes the vectors of the kernel for what they are, in a program and not in a file of its own', () => {
    const vector = 'b6362349fb07b79f2f91889f6afac92b637787e246221087169ff7dbcd65dc98'
    const kernel = testArtefact('', Buffer.alloc(64 * 1024), { type: 'unknown' })
    expect(sampleReason(kernel, vector)).toBe('crypto-library')
    expect(sampleReason(kernel, vector.replace('b6', 'b7'))).toBeUndefined()
    expect(sampleReason(testArtefact('etc/device.key', Buffer.alloc(1193)), vector)).toBeUndefined()
  })

  it('takes samples and self-tests for what they are, says why, and makes no wall of them', () => {
    const { evidence } = run('negative', 'samples')
    expect(
      evidence.map(({ kind, polarity, observation }) => {
        const { sample, count } = observation as { readonly sample: string; readonly count: number }
        return [kind, polarity, sample, count]
      }),
    ).toEqual([
      ['key.private', 'neutral', 'crypto-library', 1],
      ['key.private', 'neutral', 'documentation-or-test', 2],
    ])
  })

  it('takes compressed manual pages, sources of tests and members of crypto libraries for samples too', () => {
    const [key] = artefactsOf('positive', 'containers').filter(({ inner }) => inner.endsWith('wg0.conf'))
    const bytes = key?.bytes.view(0, key.bytes.size) ?? new Uint8Array()
    const places = [
      ['content', 'fw.bin@0x0:squashfs/usr/share/man/man8/wg.8.gz@0x0:gzip'],
      ['src/crypto/x_test.go', 'fw.bin@0x0:squashfs'],
      ['selftests.o', 'fw.bin@0x0:squashfs/usr/lib/libgnutls.a@0x0:ar'],
      ['selftests.o', 'fw.bin@0x0:squashfs/usr/lib/libcloud.a@0x0:ar'],
      ['content', 'fw.bin@0x0:squashfs/etc/wg.conf.gz@0x0:gzip'],
    ] as const
    expect(
      places.map(
        ([inner, root]) =>
          runChecks([privateKeysCheck], [testArtefact(inner, bytes, { root })]).evidence[0]?.polarity,
      ),
    ).toEqual(['neutral', 'neutral', 'neutral', 'against', 'against'])
  })

  it('names scripts that make keys on the device, and not those that only read them', () => {
    const { evidence } = runChecks(
      [privateKeysCheck, bootCheck],
      artefactsOf('negative', 'made-on-the-device'),
    )
    expect(inShort(evidence)).toEqual(['etc/init.d/uhttpd: key.generated, neutral, medium'])
    expect(evidence[0]?.observation).toEqual({
      scripts: [
        {
          file: 'etc/init.d/uhttpd',
          command: 'openssl req -x509 -newkey rsa:2048 -nodes -keyout /etc/uhttpd.key -out /etc/uhttpd.crt',
        },
      ],
    })
  })

  it('says nothing about broken keys, and one neutral thing about lines that only begin one', () => {
    expect(fixtureCases(import.meta.url, 'near-miss').map(({ name }) => name)).toEqual([
      'broken',
      'containers',
      'markers',
    ])
    expect(run('near-miss', 'broken')).toEqual({ evidence: [], facts: [] })
    expect(run('near-miss', 'containers').evidence).toEqual([])
    const { evidence } = run('near-miss', 'markers')
    expect(inShort(evidence)).toEqual(['etc/placeholder.key: key.marker, neutral, high'])
    expect(evidence[0]?.observation).toMatchObject({ files: 4 })
  })
})

describe('published keys', () => {
  it('are named with their source', () => {
    const data = {
      spkiSha256: '3a1d7a0c9a9ba1de1ab4a8eb3f3b8f1b9b4e1d7d2d0f0f8d2ed3a8f1f5a8d7c1',
      algorithm: 'rsa',
      bits: 2048,
      container: 'pkcs1' as const,
      encoding: 'pem' as const,
      name: '',
      sample: undefined,
    }
    const place = {
      path: 'fw/etc/dev.key',
      root: 'fw',
      inner: 'etc/dev.key',
      offset: 0,
      length: 1700,
      sha256: '',
    }
    const kinds = [data.spkiSha256, 'e30466f6b8470c1f29070b17f1e2d3e94d445e3f608087fdc711e4382bb538b6'].map(
      (spkiSha256) => {
        const fact = { kind: 'key.private', place, data: { ...data, spkiSha256 } } as Fact
        const facts = { of: (kind: string) => (kind === 'key.private' ? [fact] : []) } as unknown as Facts
        const evidence: EvidenceDraft[] = []
        privateKeysCheck.conclude?.(
          facts,
          { evidence: (draft) => void evidence.push(draft), fact: () => {}, ask: () => {} },
          SETTINGS,
        )
        return evidence.map(({ kind, observation }) => [
          kind,
          (observation as { readonly published?: string }).published,
        ])
      },
    )
    expect(kinds).toEqual([
      [['key.private', undefined]],
      [['key.private.known', 'mcuboot:root-ec-p256-pkcs8.pem']],
    ])
  })
})

const SETTINGS = { trusted: [], trustedDigests: [], guesses: 1, productWords: [] }

describe('hostile bytes', () => {
  it('gives a result for every cut of every key', () => {
    for (const { artefacts } of fixtureCases(import.meta.url, 'positive')) {
      for (const artefact of artefacts) {
        const whole = artefact.bytes.view(0, artefact.bytes.size)
        for (let length = 0; length < whole.length; length += 37) {
          const { evidence } = runChecks(
            [privateKeysCheck],
            [testArtefact('etc/x.key', whole.subarray(0, length))],
          )
          for (const { place } of evidence) expect(place.offset + place.length).toBeLessThanOrEqual(length)
        }
      }
    }
  })

  it('reads a file full of beginnings in bounded time', () => {
    const literal = privateKeysCheck.literals?.join('-----BEGIN PRIVATE KEY-----\n') ?? ''
    const { evidence } = runChecks(
      [privateKeysCheck],
      [testArtefact('etc/x', Buffer.from(literal.repeat(100), 'latin1'))],
    )
    expect(evidence.map(({ kind }) => kind)).toEqual(['key.marker'])
  })
})
