import { createPublicKey } from 'node:crypto'
import { Reader } from '@messlatte/bytes'
import { ed25519Seed } from './containers/seeds.ts'
import { isPowerOf } from './dsa.ts'
import { isPointOf, isProduct } from './identity.ts'
import { publicKeyOfBlob, SSH_CURVES, scalarBytes, sshInteger, sshString, sshText } from './ssh-wire.ts'

/** Whether a private blob of PuTTY (d, p, q, … or the secret number) belongs to a public blob of SSH. */
export function isPairOfBlobs(open: Uint8Array, secret: Uint8Array): boolean {
  const [publicPart, privatePart] = [new Reader(open, 'big'), new Reader(secret, 'big')]
  const type = sshText(publicPart)
  switch (type) {
    case 'ssh-rsa': {
      sshInteger(publicPart)
      const n = sshInteger(publicPart)
      sshInteger(privatePart)
      return isProduct(n, sshInteger(privatePart), sshInteger(privatePart))
    }
    case 'ssh-dss': {
      const [p, , g, y] = [0, 1, 2, 3].map(() => sshInteger(publicPart)) as [bigint, bigint, bigint, bigint]
      return isPowerOf(g, sshInteger(privatePart), p, y)
    }
    case 'ssh-ed25519': {
      const key = publicKeyOfBlob(open)
      const seed = sshString(privatePart)
      return (
        seed.length === 32 && key !== undefined && createPublicKey(ed25519Seed(Buffer.from(seed))).equals(key)
      )
    }
    default: {
      const curve = SSH_CURVES[sshText(publicPart)]
      return (
        curve !== undefined &&
        isPointOf(curve.openssl, scalarBytes(sshInteger(privatePart), curve.bytes), sshString(publicPart))
      )
    }
  }
}
