import type { Place } from '../../contract.ts'
import type { PrivateKeyFact } from './facts.ts'

const DIGEST = 'openssl pkey -pubin -outform DER | sha256sum'
/** SSH programs write no SubjectPublicKeyInfo of Ed25519: it is a fixed beginning and the 32 bytes of the key. */
const ED25519_DIGEST =
  "{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; cut -d' ' -f2 | base64 -d | tail -c 32; } | sha256sum"
/** Breaks that are written out become breaks; quotes and indents go. */
const UNESCAPE = ` | sed 's/\\\\[nr]/\\n/g' | tr -d "\\"'" | sed 's/^ *//; /^$/d'`

/** The commands with which a laboratory gets the same digest out of FILE. */
export function repeat(
  { container, encoding, algorithm }: PrivateKeyFact,
  { offset, length }: Place,
): string {
  const cut = `tail -c +${offset + 1} FILE | head -c ${length}`
  switch (container) {
    case 'dropbear':
      return `${cut} > KEY; dropbearconvert dropbear openssh KEY SSH; ${ofSsh('SSH', algorithm)}`
    case 'openssh':
      return `${cut} > SSH; echo >> SSH; chmod 600 SSH; ${ofSsh('SSH', algorithm)}`
    default: {
      const plain = encoding === 'pem-written-out' ? cut + UNESCAPE : cut
      return `${plain} | openssl pkey${encoding === 'der' ? ' -inform DER' : ''} -pubout -outform DER | sha256sum`
    }
  }
}

function ofSsh(file: string, algorithm: string): string {
  return algorithm === 'ed25519'
    ? `ssh-keygen -y -f ${file} | ${ED25519_DIGEST}`
    : `ssh-keygen -e -m PKCS8 -f ${file} | ${DIGEST}`
}
