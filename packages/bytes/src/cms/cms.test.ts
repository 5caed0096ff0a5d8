import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DerError } from '../der/index.ts'
import { writeElement as der, writeOid as oid } from '../der/write.ts'
import { readPublicKey, signedMessage } from '../signatures/index.ts'
import { type Certificate, pathOf, pemBlocks, readCertificate, readRevocationList } from '../x509/index.ts'
import { DATA, looksSigned, readSignedData, type SignerOutcome, verifySigner } from './index.ts'

const folder = fileURLToPath(new URL('fixtures/', import.meta.url))
const file = (name: string) => readFileSync(join(folder, name))
const content = file('content')
const certificate = (name: string) =>
  readCertificate(pemBlocks(file(`${name}.pem`), 'CERTIFICATE')[0] as Uint8Array)
const list = (name: string) => readRevocationList(pemBlocks(file(`${name}.pem`), 'X509 CRL')[0] as Uint8Array)
const everyone = ['rsa', 'other', 'p256'].map(certificate)
const structures = readdirSync(folder).filter((name) => name.endsWith('.der'))
const NOT_SIGNED = ['enveloped.der', 'data.der']
const signedOnes = structures.filter((name) => !NOT_SIGNED.includes(name))

function outcomes(
  bytes: Uint8Array,
  what: Uint8Array | null = content,
  others: readonly Certificate[] = everyone,
): readonly SignerOutcome[] {
  const data = readSignedData(bytes)
  return data.signers.map((signer) =>
    verifySigner(data, signer, what ? signedMessage(what) : undefined, others),
  )
}

const results = (all: readonly SignerOutcome[]) =>
  all.map((one) => (one.result === 'holds' ? 'holds' : `${one.result} ${one.because}`))

function changed(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ 1
  return copy
}

describe('what OpenSSL signed', () => {
  it.each(signedOnes)('holds: %s', (name) => {
    const signers = { 'nobody.der': 0, 'two.der': 2, 'three.der': 3 }[name] ?? 1
    expect(results(outcomes(file(name)))).toEqual(Array(signers).fill('holds'))
  })

  it.each(signedOnes.filter((name) => name !== 'nobody.der'))(
    'does not hold for another content: %s',
    (name) => {
      const because = /noattr/.test(name) ? 'signature' : 'content'
      for (const one of results(outcomes(file(name), Buffer.from('another'))))
        expect(one).toBe(`fails ${because}`)
    },
  )

  it('holds by the digest of the content alone', () => {
    for (const name of ['rsa.der', 'rsa-noattr.der', 'pss-noattr.der', 'brainpool-noattr.der']) {
      const data = readSignedData(file(name))
      const signed = {
        message: undefined,
        digest: (algorithm: string) => createHash(algorithm).update(content).digest(),
      }
      expect(data.signers.map((signer) => verifySigner(data, signer, signed, everyone).result)).toEqual([
        'holds',
      ])
    }
  })

  it('holds with what travels along', () => {
    for (const name of ['attached.der', 'stream.der', 'other-type.der', 'smime-attached.der']) {
      expect(results(outcomes(file(name), null))).toEqual(['holds'])
      expect(Buffer.from(readSignedData(file(name)).content as Uint8Array)).toEqual(content)
    }
    expect(results(outcomes(file('rsa.der'), null))).toEqual(['unknown content'])
    expect(results(outcomes(file('rsa-noattr.der'), null))).toEqual(['unknown content'])
  })

  it('says what it is', () => {
    const of = (name: string) => readSignedData(file(name))
    expect(of('stream.der').encoding).toBe('ber')
    expect(of('stream-detached.der').encoding).toBe('ber')
    expect(of('attached.der').encoding).toBe('der')
    expect(of('other-type.der').contentType).toBe('1.2.3.4.5')
    expect(of('rsa.der').contentType).toBe(DATA)
    expect(of('keyid.der').signers[0]?.id).toEqual({ subjectKeyId: certificate('p256').subjectKeyId })
    expect(of('rsa.der').signers[0]?.id).toMatchObject({ issuer: { text: 'O=Sample, CN=issuing' } })
    expect(of('rsa.der').signers[0]?.signedAttributes?.signingTime).toMatch(/^20\d\d-\d\d-\d\dT/)
    expect(of('pss-sha512-salt20.der').signers[0]?.scheme).toEqual({
      kind: 'rsa-pss',
      digest: 'sha512',
      mask: 'sha512',
      salt: 20,
    })
    expect(of('pss-mask-sha1.der').signers[0]?.scheme).toMatchObject({ digest: 'sha256', mask: 'sha1' })
    expect(of('rsa-sha1.der').signers[0]?.scheme).toEqual({ kind: 'rsa-pkcs1', digest: 'sha1' })
    expect(
      of('whole.der')
        .certificates.map(({ subject }) => subject.commonName)
        .sort(),
    ).toEqual(['issuing', 'root', 'rsa'])
  })

  it('is unknown without the certificate, and fails with one that only has its name', () => {
    const named = file('nocerts.der')
    expect(results(outcomes(named, content, []))).toEqual(['unknown certificate'])
    expect(results(outcomes(named, content, [certificate('p256')]))).toEqual(['unknown certificate'])
    expect(results(outcomes(named, content, [certificate('lookalike')]))).toEqual(['fails signature'])
    const data = readSignedData(named)
    const key = certificate('rsa').key
    const bare = data.signers.map((signer) =>
      verifySigner(data, signer, signedMessage(content), [], key ? [key] : []),
    )
    expect(bare).toMatchObject([{ result: 'holds', certificate: undefined }])
  })

  it('may have bytes behind it only where that was allowed', () => {
    for (const name of ['rsa.der', 'stream.der']) {
      const padded = Buffer.concat([file(name), Buffer.alloc(5)])
      expect(() => readSignedData(padded)).toThrow(DerError)
      expect(readSignedData(padded, { trailing: true }).taken).toBe(file(name).length)
    }
  })
})

describe('what is not signed', () => {
  it.each(NOT_SIGNED)('is refused: %s', (name) => {
    expect(looksSigned(file(name))).toBe(false)
    expect(() => readSignedData(file(name))).toThrow(DerError)
  })

  it('is told apart by its first bytes', () => {
    for (const name of signedOnes) expect(looksSigned(file(name)), name).toBe(true)
    for (const bytes of ['', '30', '3080', '308006', '30820000', 'ffff'])
      expect(looksSigned(Buffer.from(bytes, 'hex'))).toBe(false)
  })
})

describe('the path of a certificate', () => {
  const at = '2030-01-01T00:00:00Z'
  const root = certificate('root')
  const known = ['root', 'issuing', 'deep', 'rsa'].map(certificate)
  const path = (name: string, more: Partial<Parameters<typeof pathOf>[1]> = {}) => {
    const data = readSignedData(file(name))
    const [outcome] = outcomes(file(name))
    if (outcome?.result !== 'holds' || !outcome.certificate) throw new Error(`${name} does not hold`)
    return pathOf(outcome.certificate, {
      anchors: [root],
      others: [...data.certificates, ...known],
      at,
      ...more,
    })
  }
  const codes = (name: string, more = {}) =>
    path(name, more).problems.map(({ code, certificate: index }) => `${code} ${index}`)

  it('leads to the anchor', () => {
    const { certificates, ends, problems } = path('chain.der', {
      others: readSignedData(file('chain.der')).certificates,
      anchors: [certificate('issuing')],
    })
    expect([certificates.length, ends, problems]).toEqual([2, 'anchor', []])
    expect(path('whole.der')).toMatchObject({ ends: 'anchor', problems: [] })
    expect(path('whole.der').certificates.map(({ subject }) => subject.commonName)).toEqual([
      'rsa',
      'issuing',
      'root',
    ])
  })

  it('ends elsewhere without one', () => {
    expect(path('whole.der', { anchors: [] })).toMatchObject({ ends: 'self-signed' })
    expect(path('whole.der', { anchors: [], others: [] })).toMatchObject({ ends: 'no-issuer' })
    expect(path('alone.der', { anchors: [] })).toMatchObject({ ends: 'self-signed' })
    const key = readPublicKey(root.spki)
    if (!key) throw new Error('the root has no key')
    const without = { anchors: [], others: [certificate('issuing')], trustedKeys: [key] }
    expect(path('rsa.der', without)).toMatchObject({ ends: 'anchor' })
    expect(path('rsa.der', without).certificates).toHaveLength(2)
  })

  it.each([
    ['expired.der', ['expired 0']],
    ['cipher.der', ['key-usage 0']],
    ['critical.der', ['unknown-critical 0']],
    ['child.der', ['not-an-authority 1', 'key-usage 1', 'path-too-long 2']],
    ['below.der', ['path-too-long 2']],
    ['weak.der', ['broken-digest 0']],
  ])('tells what stands against %s', (name, expected) => {
    expect(codes(name)).toEqual(expected)
  })

  it('looks at purposes, days and revocation where it is asked to', () => {
    expect(codes('rsa.der', { purpose: '1.3.6.1.5.5.7.3.3' })).toEqual([])
    expect(codes('rsa.der', { purpose: '1.3.6.1.5.5.7.3.4' })).toEqual(['extended-key-usage 0'])
    expect(codes('rsa.der', { at: '2019-01-01T00:00:00Z' })).toContain('not-yet-valid 0')
    expect(codes('expired.der', { at: undefined })).toEqual([])
    const lists = ['revoked.crl', 'root.crl'].map(list)
    expect(codes('revoked.der', { lists })).toEqual(['revoked 0'])
    expect(codes('rsa.der', { lists })).toEqual([])
    expect(codes('revoked.der', { lists: ['clean.crl', 'root.crl'].map(list) })).toEqual([])
    expect(codes('rsa.der', { lists: [list('root.crl')] })).toEqual(['revocation-unknown 0'])
    expect(codes('rsa.der', { lists: ['old.crl', 'root.crl'].map(list) })).toEqual(['revocation-outdated 0'])
  })
})

describe('Ed25519', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const key = readPublicKey(spki)
  const sha512 = der(0x30, oid('2.16.840.1.101.3.4.2.3'))
  const attribute = (type: string, value: Buffer) => der(0x30, oid(type), der(0x31, value))
  const attributes = Buffer.concat([
    attribute('1.2.840.113549.1.9.3', oid(DATA)),
    attribute('1.2.840.113549.1.9.4', der(4, createHash('sha512').update(content).digest())),
  ])
  const structure = (signature: Buffer, ...signed: Buffer[]) =>
    der(
      0x30,
      oid('1.2.840.113549.1.7.2'),
      der(
        0xa0,
        der(
          0x30,
          der(2, Buffer.from([3])),
          der(0x31, sha512),
          der(0x30, oid(DATA)),
          der(
            0x31,
            der(
              0x30,
              der(2, Buffer.from([3])),
              der(0x80, Buffer.alloc(20)),
              sha512,
              ...signed,
              der(0x30, oid('1.3.101.112')),
              der(4, signature),
            ),
          ),
        ),
      ),
    )
  const result = (bytes: Uint8Array, what = content) => {
    const data = readSignedData(bytes)
    return data.signers.map(
      (signer) => verifySigner(data, signer, signedMessage(what), [], key ? [key] : []).result,
    )
  }

  it('signs attributes, or the content itself', () => {
    const overAttributes = structure(sign(null, der(0x31, attributes), privateKey), der(0xa0, attributes))
    const overContent = structure(sign(null, content, privateKey))
    for (const bytes of [overAttributes, overContent]) expect(result(bytes)).toEqual(['holds'])
    expect(result(overContent, Buffer.from('another'))).toEqual(['unknown'])
    expect(result(overAttributes, Buffer.from('another'))).toEqual(['fails'])
    expect(result(structure(sign(null, attributes, privateKey), der(0xa0, attributes)))).toEqual(['unknown'])
  })
})

describe('hostile structures', () => {
  it('cost an error of their own kind and nothing else', () => {
    for (const name of ['rsa.der', 'stream.der', 'pss.der', 'smime-noattr.der', 'two.der']) {
      const whole = file(name)
      for (let at = 0; at < whole.length; at += 3) {
        const flipped = Buffer.from(whole)
        flipped[at] = (flipped[at] as number) ^ 0xff
        for (const bytes of [whole.subarray(0, at), flipped]) {
          try {
            outcomes(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(DerError)
          }
        }
      }
    }
  })

  it('in any depth are refused', () => {
    const head = Buffer.concat([Buffer.from('3080', 'hex'), oid('1.2.840.113549.1.7.2')])
    const deep = Buffer.concat([head, Buffer.alloc(100_000, Buffer.from('a080', 'hex'))])
    expect(() => readSignedData(deep)).toThrow(DerError)
    expect(() => readSignedData(Buffer.alloc(1_000_000, Buffer.from('3080', 'hex')))).toThrow(DerError)
  })

  it('never hold where the signature, the attributes or their digest were changed', () => {
    for (const name of ['rsa.der', 'p256.der', 'pss.der', 'smime-noattr.der']) {
      const whole = file(name)
      const [signer] = readSignedData(whole).signers
      const attributes = signer?.signedAttributes?.message.subarray(1) ?? new Uint8Array(0)
      for (const part of [signer?.signature as Uint8Array, attributes]) {
        const start = whole.indexOf(part)
        for (let at = start; at < start + part.length; at++) {
          const result = attempt(() => outcomes(changed(whole, at)))
          expect(result?.every((one) => one.result === 'holds') ?? false, `${name} at ${at}`).toBe(false)
        }
      }
    }
  })
})

function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

const openssl = attempt(() => execFileSync('openssl', ['version'], { stdio: 'pipe' }).toString())

describe.skipIf(!openssl?.startsWith('OpenSSL 3'))('beside openssl (skipped without OpenSSL 3)', () => {
  let work = ''
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'messlatte-cms-'))
    writeFileSync(
      join(work, 'all.pem'),
      Buffer.concat(['rsa', 'other', 'p256'].map((name) => file(`${name}.pem`))),
    )
  })
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  /** OpenSSL reads all certificates or nothing. */
  function holds(bytes: Uint8Array): boolean {
    return readSignedData(bytes).unread === 0 && outcomes(bytes).every(({ result }) => result === 'holds')
  }

  function accepted(bytes: Uint8Array): boolean {
    const at = join(work, 'in.der')
    writeFileSync(at, bytes)
    const options = ['-verify', '-noverify', '-binary', '-inform', 'DER', '-in', at, '-out', '/dev/null']
    const more = ['-content', join(folder, 'content'), '-certfile', join(work, 'all.pem')]
    return (
      attempt(() => execFileSync('openssl', ['cms', ...options, ...more], { stdio: 'pipe' })) !== undefined
    )
  }

  /** OpenSSL also wants each digest in the list in front; kernels, and we, look at the signer's own. */
  const BEHIND_DIGESTS = 45

  it('takes nothing for signed that openssl refuses, wherever a byte was changed', {
    timeout: 60_000,
  }, () => {
    let both = 0
    for (const name of ['rsa', 'p384', 'pss', 'smime-noattr', 'stream-detached', 'two', 'keyid']) {
      const whole = file(`${name}.der`)
      for (let at = BEHIND_DIGESTS; at < whole.length; at += Math.ceil(whole.length / 7)) {
        const bytes = changed(whole, at)
        const ours = attempt(() => holds(bytes)) ?? false
        const theirs = accepted(bytes)
        if (ours && theirs) both++
        expect(ours && !theirs, `${name} at ${at}`).toBe(false)
      }
    }
    expect(both).toBeGreaterThan(0)
  })
})
