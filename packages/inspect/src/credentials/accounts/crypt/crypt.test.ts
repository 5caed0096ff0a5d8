import { describe, expect, it } from 'vitest'
import { bcrypt } from './bcrypt.ts'
import { desCrypt } from './des-crypt.ts'
import { md5Crypt } from './md5-crypt.ts'
import { shaCrypt } from './sha-crypt.ts'

// perl -e 'print crypt($ARGV[0], $ARGV[1])' PASSWORD SETTING, with libxcrypt; apr1 by `openssl passwd -apr1 -salt SALT`.
const VECTORS: readonly (readonly [password: string, setting: string, digest: string])[] = [
  ['', 'ab', 'mF1QH4PEr.E'],
  ['', '/.', 'elhbtlysKy6'],
  ['', 'zZ', 'O7u0HfQST3A'],
  ['a', 'ab', 'xxB7HlIeckU'],
  ['a', '/.', 'n5Xb33Dkk1k'],
  ['a', 'zZ', '/Dc0K.bMxrQ'],
  ['password', 'ab', 'JnggxhB/yWI'],
  ['password', '/.', 'iTV2iP8pLgs'],
  ['password', 'zZ', 'DDIZ0NOlPzw'],
  ['12345678', 'ab', '1iBa.N.U2C6'],
  ['12345678', '/.', 'HRN5uKZbDhw'],
  ['12345678', 'zZ', 'YQyo/kK5WTQ'],
  ['123456789', 'ab', '1iBa.N.U2C6'],
  ['123456789', '/.', 'HRN5uKZbDhw'],
  ['123456789', 'zZ', 'YQyo/kK5WTQ'],
  ['Grüße', 'ab', 'RbGMSvz4V0I'],
  ['Grüße', '/.', 'mHtBqaYO8tY'],
  ['Grüße', 'zZ', 'YNOWaQCjivk'],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    'ab',
    'ws3YimNi/io',
  ],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '/.',
    'ZznO8Rjnnbw',
  ],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    'zZ',
    'AZH10Tp2LhI',
  ],
  ['', '$1$abcdefgh$', 'M55TzYaaccxVGbptZWaxX/'],
  ['', '$1$.$', 'k00OvaycNQPJYbbiXMmkv/'],
  ['a', '$1$abcdefgh$', 'jUYc1Xi7pkozuzWQ0Dft71'],
  ['a', '$1$.$', 'PUhbNE90Uga8lcCKATdxc1'],
  ['password', '$1$abcdefgh$', 'G//4keteveJp0qb8z2DxG/'],
  ['password', '$1$.$', 'eyyH7nIvlbE151.Y6Hl92/'],
  ['12345678', '$1$abcdefgh$', 'poMCFpiVRevlCQ8FbmxhU1'],
  ['12345678', '$1$.$', '38VdcG1mFbL7NRtflNGw01'],
  ['123456789', '$1$abcdefgh$', 'uNCsCUBnuoisxJ1/JM..S1'],
  ['123456789', '$1$.$', 'GiN2tr8z.wdjZ0QSw6mHv.'],
  ['Grüße', '$1$abcdefgh$', 'iN3NuMN2.bM1eb6f2.8Jv/'],
  ['Grüße', '$1$.$', '78vH/WNbVJ2JRsFsaUnFg.'],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '$1$abcdefgh$',
    'GeWR3Cq7NAjr9togkS7mH0',
  ],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '$1$.$',
    'JApxZ60O8sQllgcxjyaSr1',
  ],
  ['a', '$apr1$abcdefgh$', 'G8IsPsylW5ROvIKsQMRG61'],
  ['password', '$apr1$abcdefgh$', 'FBwExRW4dCc8aL.OvjpIE1'],
  ['Grüße', '$apr1$abcdefgh$', 'mQGuToDT8YYjBCq6bI.2k0'],
  ['', '$5$saltstring$', 'FdNfA4gXqvCeO6iZs7G/.wwwoywYZqo0l1pwmfWaBA7'],
  [
    '',
    '$6$sixteencharacter$',
    't1j47z90h3kD7Iw6jLdz6s41GL24UhspSPx8tGZ8rZIjIFiSJJMxACtLfCqH33Pi6aHjvFzCtgTGQFNFyfbc1/',
  ],
  ['', '$5$rounds=1000$x$', 'kIBhdUvT3pHpfTjzR8s1XJu3y/HRJeFxMSffBtF8jx9'],
  [
    '',
    '$6$rounds=1001$x.y$',
    'cNwR/ZMs/wV036DF6w.YUwy50nkSwwOJVgEKWhFPiXXX/pVRH07EMbkHhRd.Rois1sb/vZ21p/HGDPVaFvHyU0',
  ],
  ['a', '$5$saltstring$', '7cz4bTeQ7MnNssphNhFVrITtuJYY/1tdvLL2uzLvOk8'],
  [
    'a',
    '$6$sixteencharacter$',
    'T0PdyOgF61EPCZn/Ma3Vii67pweA70KYagPI1aaC8zylNpNuFwMUd/9LHc6lKlo6bjUQIv8eG1CgRShqsSdlq/',
  ],
  ['a', '$5$rounds=1000$x$', 'SQwVBUy5LmuITCN/Pzolg3R9CfHva3WZZYnD1O10qB5'],
  [
    'a',
    '$6$rounds=1001$x.y$',
    'zggTn9HEPcA0qKtjmg5bE116glglZpOF5PkYQU4U74aam9PS7eWPxiFm3VbcvztDARrCGNSh/V33t5rq20xnf/',
  ],
  ['password', '$5$saltstring$', 'OH4IDuTlsuTYPdED1gsuiRMyTAwNlRWyA6Xr3I4/dQ5'],
  [
    'password',
    '$6$sixteencharacter$',
    '1sVsT1CVKOpWdnd0e21vcHY1totI8gzlb.N4qGaLLcOhWWDn.uGMa2pOjLfdv8eyU8Il2N2Klf/FKQDEhEzo40',
  ],
  ['password', '$5$rounds=1000$x$', 'qJLv4pvDPeZRN4swJyhU3ZR3jSNhO4Xoyru4iIVxwM8'],
  [
    'password',
    '$6$rounds=1001$x.y$',
    '0DDtguYdnmoT2DO0jEKqUf7bNJp7dyeu/sJoTE1GzEs7qHrBVAz/yg0rcpT.YsmhzBJX6BcFI8x/BJPHFKVTB.',
  ],
  ['12345678', '$5$saltstring$', 'bxo8usuMDyYq4.ip/zOFd5.s0OVIcI/V3vV0VJTGbEA'],
  [
    '12345678',
    '$6$sixteencharacter$',
    'OE7HiWnazPd75yewlyxK.L4JNERQd5/6WceYHPxnluJowoABpfr7Og3kovfD2napsJa31W00woRx5PsGO5NR0/',
  ],
  ['12345678', '$5$rounds=1000$x$', 'VoITvM0C0DX.gFS8nodFX0vOxqX1qahql3ohpEfHXN5'],
  [
    '12345678',
    '$6$rounds=1001$x.y$',
    'nVUJo0aiXJtXpOFE672WiGof2i03hqrRLDkPx0kvIkOPSiG3/a7QF8SWe36dCahPbtIrJAVH4yyLlQg9nSjtR.',
  ],
  ['123456789', '$5$saltstring$', 'r/ztyxMtt76sV3vrIut49C8Kiz8dPEw0hVrqmkv5oFB'],
  [
    '123456789',
    '$6$sixteencharacter$',
    'm8JC2kHeFdNflm6g/eeF4FZL9JTJ4p4lqc17RDS.tL7ZhIzNQo2ZHkhXyb07Bfi4KR7jBJ0ocu3BdtEJ.sPFA.',
  ],
  ['123456789', '$5$rounds=1000$x$', 'M5fub5FubkDVA65qw233boxPjHS0h7dRiHZ4J1aLS00'],
  [
    '123456789',
    '$6$rounds=1001$x.y$',
    '/AaeTf/pYJlkW8dupkFgR6lF47Gg03Hfl9DdvU7OrSCez49LecoqziKBn0WzJe2fDH0V8eZ1bH5Sw84tiHOLY/',
  ],
  ['Grüße', '$5$saltstring$', 't6kWrFjGaygs2FjMSUOElTuuj0eYh3UAH38fWAUQGl2'],
  [
    'Grüße',
    '$6$sixteencharacter$',
    'RKmrD.Tt7h3idkaOEfAU1SAsknjJLeC9i1e5xvO1/vWw2KS3YNvcObLRC43fvf3YhxtvyhSAOtKpExwI/WOmk0',
  ],
  ['Grüße', '$5$rounds=1000$x$', 'l/mp8n.IQm.hQQSG/IlO1SUTxPFyIYUOgwUR1rGzJqB'],
  [
    'Grüße',
    '$6$rounds=1001$x.y$',
    'fmBKXbEYP7mGiVhvS70leraHcUdGGZq.P9.EFxl8Cc9QLt9p.bhur1Kzr1O8/XfO98pifMMYrejn0ZP0dzPQA.',
  ],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '$5$saltstring$',
    'xj0z0i9.Z1GguDSU756onxNnFQz7kNlSRxeTULBckV9',
  ],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '$6$sixteencharacter$',
    'c3vmXIGKjTlaJvW8UPjPxVrN8kRc3G626rYpj.SlVx0iQF.OyVw.8UsYKgOp9sdA00PzBZPwdcWm39cH42w2i.',
  ],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '$5$rounds=1000$x$',
    'Z5g8Kl6Snjbwp45fmDxUwmgzZJWR6CN4RHVrPqIDSy2',
  ],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '$6$rounds=1001$x.y$',
    'suRC0jvlhAVgGphDZLHlS.vps5XH8iB6A4s4Xd7BGvwPiHNQNyUNuxVtlRBAO/aNCyme5vG9tXEsrgRh4pYUJ1',
  ],
  ['', '$2b$04$abcdefghijklmnopqrstuu', 'byCG3zY1GIXMyxfivm.ClDiInHzxjiq'],
  ['a', '$2b$04$abcdefghijklmnopqrstuu', 'MFdJu9yVgmagVAIC24fOZkaFqd3s9JC'],
  ['password', '$2b$04$abcdefghijklmnopqrstuu', 'ghE8Ev8uGFaUgY2cNEySvxngrb/Jzdm'],
  ['12345678', '$2b$04$abcdefghijklmnopqrstuu', 'fUlS0EEB.H3ewsjUNPrWW5qETJaYIty'],
  ['123456789', '$2b$04$abcdefghijklmnopqrstuu', 'yXlPZPzFJJWZu0MLpwF1qoLUXPa6Swe'],
  ['Grüße', '$2b$04$abcdefghijklmnopqrstuu', 'zzfwLY11Q0O66TF2XZ7FUib2Ngtn1va'],
  [
    'a password that is much longer than any block of eight, sixteen, thirty-two or sixty-four bytes',
    '$2b$04$abcdefghijklmnopqrstuu',
    'S3NZIDKayFkEJ9SROac1gsY6zvWjSfq',
  ],
  ['password', '$2b$06$./ABCDEFGHIJKLMNOPQRS.', 'eweNjn.PcQGp73.Z3Cu8YjERNqgPwNm'],
]

function digestOf(password: string, setting: string): string {
  const bytes = Buffer.from(password, 'utf8')
  const [, name = '', first = '', second = ''] = setting.split('$')
  switch (name) {
    case '':
      return desCrypt(bytes, setting)
    case '1':
    case 'apr1':
      return md5Crypt(bytes, first, `$${name}$`)
    case '5':
    case '6': {
      const rounds = first.startsWith('rounds=') ? Number(first.slice(7)) : 5000
      return shaCrypt(
        name === '5' ? 'sha256' : 'sha512',
        bytes,
        first.startsWith('rounds=') ? second : first,
        rounds,
      )
    }
    default:
      return bcrypt(bytes, second, Number(first))
  }
}

describe('crypt(3)', () => {
  it.each(VECTORS)('%s with %s', (password, setting, digest) => {
    expect(digestOf(password, setting)).toBe(digest)
  })
})
