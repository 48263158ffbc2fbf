namespace Portal.Core.Foundation;

/// <summary>Why a text is no template, and where.</summary>
/// <param name="Code">For programs: unknown_variable, unclosed_brace, bad_place, wrong_type, bad_link, unknown_block, unclosed_bold, secret, too_long or empty.</param>
/// <param name="Field">subject or body.</param>
/// <param name="Position">Of the character, from 0.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">For people.</param>
public sealed record TemplateProblem(string Code, string Field, int Position, int Line, int Column, string Message)
{
    /// <summary>The message with its place, as it stands beside a field.</summary>
    public string Words(bool isOneLine) => Code is "too_long" or "empty" ? Message
        : isOneLine ? $"Character {Column}: {Message}"
        : $"Line {Line}, character {Column}: {Message}";
}
