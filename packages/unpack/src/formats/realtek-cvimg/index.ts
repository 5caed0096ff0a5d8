import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, parseRealtekCvimg, type RealtekCvimg } from './parse.ts'

export const realtekCvimg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'realtek-cvimg',
  title: 'Realtek router image (RTL8196, RTL8197, RTL8198: cs6c, cr6c, r6cr and others)',
  references: [
    'Realtek, bootcode, boot/init/rtk.h (github.com/cobyism/edimax-br-6528n)',
    'cvimg.c for OpenWrt firmware-utils, after that of the NEC Aterm WG1200HS4',
  ],
  limits: [
    'images whose sum differs are not recognised: what lies in them is found by what it is',
    'web pages (w6cp, w6bp) and boot loaders (boot), whose marks are too weak or whose sum is another one, are not recognised',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseRealtekCvimg(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const { name, content } = parseRealtekCvimg(bytes, start) as RealtekCvimg
    return [announced(bytes, name, content, problem)]
  }),
}
