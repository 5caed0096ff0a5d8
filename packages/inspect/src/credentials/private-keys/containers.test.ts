import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { fixtureCases } from '../testing.ts'
import { privateKeysCheck } from './index.ts'

function run(
  name: string,
  settings: { readonly productWords?: readonly string[]; readonly guesses?: number } = {},
) {
  const artefacts =
    fixtureCases(import.meta.url, 'positive').find((one) => one.name === name)?.artefacts ?? []
  return runChecks([privateKeysCheck, bootCheck], artefacts, settings)
}

function privateKeys(name: string, settings = {}) {
  return run(name, settings).evidence.filter(({ kind }) => kind === 'key.private')
}

describe('containers that say what they are', () => {
  it('are read, each key once, by their structure and their halves', () => {
    const evidence = privateKeys('containers')
    expect(
      evidence.map(({ place, polarity, observation }) => {
        const { algorithm, bits, container } = observation as { readonly [key: string]: string | number }
        return `${place.inner}: ${algorithm} ${bits} ${container} ${polarity}`
      }),
    ).toEqual([
      'etc/backup.age: x25519 256 age against',
      'etc/config/network: x25519 256 wireguard against',
      'etc/device.seed: ed25519 256 raw against',
      'etc/dropbear/dropbear_dss_host_key: dsa 1024 dropbear against',
      'etc/ecdsa.ppk: ec-secp384r1 384 putty against',
      'etc/ed25519.ppk: ed25519 256 putty against',
      'etc/jwks.json: ec-prime256v1 256 jwk against',
      'etc/jwks.json: rsa 1024 jwk against',
      'etc/jwks.json: ed25519 256 jwk against',
      'etc/minisign.key: ed25519 256 minisign against',
      'etc/noise.key: x25519 256 raw against',
      'etc/packages.sec: ed25519 256 signify against',
      'etc/rsa.ppk: rsa 1024 putty against',
      'etc/rsa2.ppk: rsa 1024 putty against',
      'etc/sodium-hex.key: ed25519 256 ed25519-pair against',
      'etc/sodium.key: ed25519 256 ed25519-pair against',
      'etc/update.asc: ed25519 256 pgp against',
      'etc/update.asc: x25519 256 pgp against',
      'etc/wireguard/wg0.conf: x25519 256 wireguard against',
      'root/.gnupg/curve.gpg: ec-prime256v1 256 pgp against',
      'root/.gnupg/secring.gpg: rsa 1024 pgp against',
      'usr/bin/updater: ed25519 256 pkcs8 against',
    ])
  })

  it('give the same public half whatever the container', () => {
    const digestOf = (inner: string): unknown => {
      const found = privateKeys('containers').find(({ place }) => place.inner === inner)
      return (found?.observation as { readonly spkiSha256?: string } | undefined)?.spkiSha256
    }
    const [third, second] = ['etc/rsa.ppk', 'etc/rsa2.ppk'].map(digestOf)
    expect(third).toBe(second)
    const opened = privateKeys('usual-passphrases', { productWords: ['Acme'] }).filter(
      ({ place }) => place.inner !== 'etc/weak.ppk',
    )
    const digests = opened.map(
      ({ observation }) => (observation as { readonly spkiSha256: string }).spkiSha256,
    )
    expect(new Set(digests).size).toBe(1)
  })

  it('seeds need their public half in the release', () => {
    const artefacts =
      fixtureCases(import.meta.url, 'positive').find(({ name }) => name === 'containers')?.artefacts ?? []
    const alone = artefacts.filter(({ inner }) => /etc\/(?:device\.seed|noise\.key)|updater$/.test(inner))
    expect(alone.length).toBe(3)
    expect(runChecks([privateKeysCheck], alone).evidence).toEqual([])
  })
})

describe('usual passphrases', () => {
  it('open every kind of protection that can be tried, and the passphrase is a secret of the report', () => {
    const evidence = privateKeys('usual-passphrases', { productWords: ['Acme'] })
    expect(
      evidence.map(({ place, observation }) => {
        const { passphrase, list, container } = observation as {
          readonly passphrase: { readonly $secret: { readonly kind: string; readonly value: string } }
          readonly list: string
          readonly container: string
        }
        return `${place.inner}: ${container} ${passphrase.$secret.kind} "${passphrase.$secret.value}" ${list}`
      }),
    ).toEqual([
      'etc/bks.keystore: bks password "changeit" usual-passphrases',
      'etc/des.pem: pkcs8 password "root" usual-passphrases',
      'etc/jceks.keystore: jceks password "changeit" usual-passphrases',
      'etc/jks.keystore: jks password "changeit" usual-passphrases',
      'etc/new.p12: pkcs12 password "changeit" usual-passphrases',
      'etc/nomac.p12: pkcs12 password "secret" usual-passphrases',
      'etc/old.pem: pkcs1 password "test" usual-passphrases',
      'etc/old.pfx: pkcs12 password "" usual-passphrases',
      'etc/pbes1.pem: pkcs8 password "admin" usual-passphrases',
      'etc/pbes2.pem: pkcs8 password "password" usual-passphrases',
      'etc/product.pem: pkcs1 password "acme" product-words',
      'etc/scrypt.p8: pkcs8 password "1234" usual-passphrases',
      'etc/weak.ppk: putty password "admin" usual-passphrases',
    ])
  })

  it('are tried within the budget only', () => {
    const { evidence } = run('usual-passphrases', { guesses: 1 })
    const closed = evidence.filter(({ kind }) => kind === 'key.private.encrypted')
    expect(closed.map(({ place }) => place.inner)).toContain('etc/scrypt.p8')
    for (const { observation } of closed)
      expect((observation as { readonly tried: number }).tried).toBeLessThan(2)
  })
})

describe('who uses a key', () => {
  it('is told from configurations and from places that programs read, and who makes it lowers the confidence', () => {
    const said = privateKeys('used').map(({ place, confidence, observation }) => {
      const { usedBy, generatedBy } = observation as {
        readonly usedBy: unknown
        readonly generatedBy?: unknown
      }
      return [place.inner, confidence.grade, usedBy, generatedBy]
    })
    expect(said).toEqual([
      [
        'etc/dropbear/dropbear_rsa_host_key',
        'medium',
        [{ service: 'dropbear', file: null }],
        ['etc/init.d/dropbear'],
      ],
      [
        'etc/lighttpd/server.key',
        'high',
        [{ service: 'lighttpd', file: 'etc/lighttpd/lighttpd.conf' }],
        undefined,
      ],
    ])
  })
})

describe('hostile files', () => {
  it('that ask for endless derivations or hold absurd counts cost nothing', () => {
    const names = ['etc/pbes2.pem', 'etc/new.p12', 'etc/jks.keystore', 'etc/bks.keystore', 'etc/weak.ppk']
    const artefacts =
      fixtureCases(import.meta.url, 'positive').find(({ name }) => name === 'usual-passphrases')?.artefacts ??
      []
    for (const artefact of artefacts.filter(({ inner }) => names.includes(inner))) {
      const whole = Buffer.from(artefact.bytes.view(0, artefact.bytes.size))
      for (let at = 0; at < whole.length; at += 41) {
        const bent = Buffer.from(whole)
        bent.fill(0xff, at, at + 4)
        expect(() =>
          runChecks([privateKeysCheck], [testArtefact(artefact.inner, bent)], { guesses: 3 }),
        ).not.toThrow()
      }
    }
  })
})
