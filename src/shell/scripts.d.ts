/** Scripts are real files; the build and the tests take them in as text. */
declare module '*.sh' {
  const text: string
  export default text
}
declare module '*.bash' {
  const text: string
  export default text
}
declare module '*.zsh' {
  const text: string
  export default text
}
declare module '*.fish' {
  const text: string
  export default text
}
declare module '*.nu' {
  const text: string
  export default text
}
declare module '*.ps1' {
  const text: string
  export default text
}
