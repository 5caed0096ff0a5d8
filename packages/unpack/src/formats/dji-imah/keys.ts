/** By the four letters in the header; DJI changed some of them once they were public. dji-firmware-tools, dji_imah_fwsig.py. */
export const PUBLISHED_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['RREK', ['37d6d913e5d08017e51215450c1e16e7']],
  ['RIEK', ['f169c0f38b2d9adc65ee0c57833294e9']],
  ['IAEK', ['899d1b90b1ae9d92b60dc1e11ad479a0']],
  ['RUEK', ['9cdaf6274ecb78f3eddce526bcec66f8']],
  ['PUEK', ['63c48e83267eeec03f3330adb238dd6b', '70e00308e04b0ae2ce8e07d4d6214bb6']],
  ['TRIE', ['cb140c1271038834ec0c0c3c2b699dc2', 'f1e6306d6c84f09ed5590f9473b15526']],
  ['TKIE', ['f8b43c6b0dcd3f5e90fc08d4ddeaf358', 'b6286a05fc3a02f0365111f0204503a3']],
  [
    'TBIE',
    [
      '06dc7b707fc1db86498caadadedf56a1',
      '48d6e8ff1b7f206e2da799c27e5ad70d',
      '7bca596f2273c5195e4142aa3d201e25',
      '54b8b9d74c2b41469c4dac3d16cc6f47',
      'ff9476f78a89b9449b6a90556413b9c3',
    ],
  ],
  [
    'UFIE',
    [
      '8463f7b1a6aaa5eca38a9abc7b3d4be2',
      'bab3cd7236b2e1d8664935c9c2588f3c',
      'ad45cd8213fb7e255dbe454170bc11a0',
      '780939e1be117a66d35841e95b06aac0',
      'cd3aa5722a410b6dba3daf2e99f3d96d',
    ],
  ],
  ['SLEK', ['56796c0eee0f380520e0be70f277d90b']],
])
