const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
}

/** Bytes of a size such as `50MB`, `1.5 GiB`, `800k`, `0`; undefined for anything else. */
export const byteCount = (text: string): number | undefined => {
  const [, digits = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?i?)b?\s*$/i.exec(text) ?? []
  const factor = UNITS[unit.toLowerCase()]
  return digits === '' || factor === undefined ? undefined : Math.round(Number(digits) * factor)
}

/** A size as people read it: `12 bytes`, `3.4 kB`, `51 MB`. */
export const showBytes = (bytes: number): string => {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  const [unit, factor] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9]
  const size = bytes / (factor as number)
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`
}
