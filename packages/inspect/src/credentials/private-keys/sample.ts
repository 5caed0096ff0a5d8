import type { Artefact } from '../../contract.ts'
import { isSampleArtefact } from '../sample-path.ts'
import type { PrivateKeyFact } from './facts.ts'

/** Libraries of cryptography carry keys for their own self-tests, and `openssl` those of its speed test. */
const CRYPTO_PROGRAM =
  /^(?:openssl|gnutls-cli|fips\.so|lib(?:gnutls|mbed(?:crypto|tls|x509)|polarssl|wolfssl|cyassl|crypto|ssl|gcrypt|nettle|hogweed|nss3|nssutil3|softokn3|freebl3|freeblpriv3|axtls|matrixssl|botan|tomcrypt|sodium|ssh2?|ssh-gcrypt)[\d._+-]*(?:\.so.*|\.a))$/

/** SHA-256 of the SubjectPublicKeyInfo of such keys, for programs that are linked with them. */
const SELF_TEST_KEYS: ReadonlySet<string> = new Set([
  // `openssl speed`
  'adadc3246bb4830551c6da143d7462727967bda53059ae6f152323b0aba69595',
  '01e67e56244b43b668e2b9a697daaafcfb501fa78de2fcc4aa32bdae6dd94af6',
  'a6fdc2c6d07aa877e3ac360c2ce5efb69ab7dce2fd8df3c1bce0564b17114bc2',
  '0ea7caf9dd07fd79fe22ceb5efbbd7d4445d231e92ee1bf3b2a022eaffb00495',
  // the example in the usage text of `age-keygen`
  'fa7e72ea3c76af472cdbce377c70f175f145be824da53db522232cf373df61de',
  // Linux, crypto/testmgr.h: the vectors of RSA with 2,048 bits; the same two in kernels of amd64, arm64 and armhf
  'b6362349fb07b79f2f91889f6afac92b637787e246221087169ff7dbcd65dc98',
  'e756a60b85ec3f538a2708550ddc4f072ad045696172efd285c09a46c90accfe',
  // GnuTLS
  '215fde895c12883e29036f5bd38c22467657f3cabbc77d7e9e328ab5f4ae39f2',
  '6e1900f654edb2e599930c8a287c7263ea170f010826630893227e7cec221586',
  '5bd7bad40971be901e68d9b97405c3a3e996adbede885869b270185ad499108e',
  'dd0701715ac41b7b96a2c8fe7a762b0ee05215f4f21c44d9458f1d2e2d57427d',
  '5a9214aa789ffe021992636dd17ca313f340948e604d4122735160f3d46688a0',
])
/** A program is larger; a key that somebody took from there and uses has a file of its own. */
const LEAST_PROGRAM = 32 * 1024

/** Why a private key at this place is not counted against the product; undefined where nothing says so. */
export function sampleReason(artefact: Artefact, spkiSha256: string): PrivateKeyFact['sample'] {
  const { name, bytes } = artefact
  if (isSampleArtefact(artefact)) return 'documentation-or-test'
  if (CRYPTO_PROGRAM.test(name) || CRYPTO_PROGRAM.test(archiveOf(artefact))) return 'crypto-library'
  return bytes.size >= LEAST_PROGRAM && SELF_TEST_KEYS.has(spkiSha256) ? 'crypto-library' : undefined
}

/** Name of the static library whose object file this is; empty for anything else. */
function archiveOf({ root }: Artefact): string {
  return /([^/]+)@0x[0-9a-f]+:ar$/.exec(root)?.[1] ?? ''
}
