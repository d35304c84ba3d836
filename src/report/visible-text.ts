// Control and format characters (bidirectional overrides and zero-width ones among them), private use, lone
// surrogates, and the Unicode line and paragraph separators; not the line feed.
const INVISIBLE = /[^\P{Cc}\n]|[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text as a page may show it: each character that is invisible, or reorders what stands around it, is spelled out as
 * `⟨U+202E⟩`, so that two names that look alike are alike.
 */
export const visibleText = (text: string): string =>
  text.replace(
    INVISIBLE,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );

/** An ARN, or another name of many parts, in the pieces between which a line may break. */
export const piecesOf = (text: string): readonly string[] => visibleText(text).split(/(?<=[/:])(?=.)/);
