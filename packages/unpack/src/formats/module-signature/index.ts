import type { LeafFormat } from '../../contract.ts'
import { signatureAt, signatureStarts } from './parse.ts'

export const moduleSignature: LeafFormat = {
  kind: 'leaf',
  name: 'module-signature',
  title: 'Signature behind a kernel module',
  references: [
    'Linux kernel, include/linux/module_signature.h and scripts/sign-file.c',
    'RFC 2315, section 9; RFC 5652, section 5',
  ],
  limits: ['signatures of kernels before 4.3, which are not PKCS #7, are not recognised'],
  magic: [],
  carve: false,
  candidates: signatureStarts,
  recognise: signatureAt,
}
