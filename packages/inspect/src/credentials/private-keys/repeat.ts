import type { Place } from '../../contract.ts'
import type { PrivateKeyFact } from './facts.ts'

const DIGEST = 'openssl pkey -pubin -outform DER | sha256sum'
/** A SubjectPublicKeyInfo of these curves is a fixed beginning and the 32 bytes of the key. */
const ED25519_PUBLIC = "printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'"
const X25519_PUBLIC = "printf '\\060\\052\\060\\005\\006\\003\\053\\145\\156\\003\\041\\000'"
/** Breaks that are written out become breaks; quotes and indents go. */
const UNESCAPE = ` | sed 's/\\\\[nr]/\\n/g' | tr -d "\\"'" | sed 's/^ *//; /^$/d'`

/** The commands with which a laboratory gets the same digest out of FILE; `--reveal` shows the PASSPHRASE where there is one. */
export function repeat(
  { container, encoding, algorithm, opened }: PrivateKeyFact,
  { offset, length }: Place,
): string {
  const cut = `tail -c +${offset + 1} FILE | head -c ${length}`
  const passIn = opened ? ' -passin pass:PASSPHRASE' : ''
  const ed25519 = `{ ${ED25519_PUBLIC}; KEY; } | sha256sum`
  const x25519 = `{ ${X25519_PUBLIC}; KEY; } | sha256sum`
  switch (container) {
    case 'dropbear':
      return `${cut} > KEY; dropbearconvert dropbear openssh KEY SSH; ${ofSsh('SSH', algorithm)}`
    case 'openssh':
      return `${cut} > SSH; echo >> SSH; chmod 600 SSH; ${ofSsh('SSH', algorithm)}`
    case 'putty':
      return `${cut} > KEY; puttygen KEY -O private-openssh -o SSH; ${ofSsh('SSH', algorithm)}`
    case 'pkcs12':
      return `${cut} > KEY; openssl pkcs12 -in KEY -nodes -nocerts -passin pass:PASSPHRASE | openssl pkey -pubout -outform DER | sha256sum`
    case 'jks':
    case 'jceks':
    case 'bks':
    case 'uber':
      return `${cut} > KEY; keytool -importkeystore -srckeystore KEY -srcstoretype ${container.toUpperCase()} -srcstorepass PASSPHRASE -destkeystore P12 -deststoretype PKCS12 -deststorepass PASSPHRASE; openssl pkcs12 -in P12 -nodes -nocerts -passin pass:PASSPHRASE | openssl pkey -pubout -outform DER | sha256sum`
    case 'pgp':
      return `${cut} > KEY; gpg --list-packets KEY`
    case 'wireguard':
      return x25519.replace('KEY', `${cut} | grep -o '[A-Za-z0-9+/]\\{43\\}=' | wg pubkey | base64 -d`)
    case 'age':
      return `${cut} | age-keygen -y`
    case 'signify':
      return ed25519.replace('KEY', `${cut} | tail -n 1 | base64 -d | tail -c 32`)
    case 'minisign':
      return ed25519.replace('KEY', `${cut} | tail -n 1 | base64 -d | tail -c 64 | head -c 32`)
    case 'ed25519-pair':
      return ed25519.replace('KEY', 'tail -c 32 FILE')
    case 'jwk':
      return `${cut} > KEY; node -e 'const c = require("crypto"); const k = c.createPublicKey({ key: JSON.parse(require("fs").readFileSync("KEY")), format: "jwk" }); console.log(c.createHash("sha256").update(k.export({ type: "spki", format: "der" })).digest("hex"))'`
    case 'raw':
      return `{ printf '\\060\\056\\002\\001\\000\\060\\005\\006\\003\\053\\145\\${algorithm === 'x25519' ? '156' : '160'}\\004\\042\\004\\040'; cat FILE; } | openssl pkey -inform DER -pubout -outform DER | sha256sum`
    case 'pkcs1':
    case 'pkcs8':
    case 'sec1':
    case 'dsa':
    case 'spki':
    case 'certificate':
    case 'openssh-public': {
      const plain = encoding === 'pem-written-out' ? cut + UNESCAPE : cut
      return `${plain} | openssl pkey${encoding === 'der' ? ' -inform DER' : ''}${passIn} -pubout -outform DER | sha256sum`
    }
  }
}

function ofSsh(file: string, algorithm: string): string {
  return algorithm === 'ed25519'
    ? `ssh-keygen -y -f ${file} | { ${ED25519_PUBLIC}; cut -d' ' -f2 | base64 -d | tail -c 32; } | sha256sum`
    : `ssh-keygen -e -m PKCS8 -f ${file} | ${DIGEST}`
}
