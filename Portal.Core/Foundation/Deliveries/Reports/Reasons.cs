using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Portal.Core.Foundation;

/// <summary>Why a message did not arrive, for whoever waits for it.</summary>
/// <param name="Words">A sentence; where nobody knows the code, what the other side said.</param>
/// <param name="Code">The other side's own, where it named one.</param>
public sealed record MessageError(string Words, string? Code)
{
    /// <summary>Both in one line, for a person.</summary>
    public string Line => Code is null || Words.Contains(Code, StringComparison.Ordinal) ? Words : $"{Words.TrimEnd('.')} ({Code}).";
}

/// <summary>What the codes of one provider mean.</summary>
/// <param name="Channel">By what the messages go of which it tells.</param>
/// <param name="Code">Finds the code in what the provider said, as the group of that name.</param>
/// <param name="Meanings">A code and a sentence each. A code in parts that is not there means what its beginning means.</param>
public sealed record ReasonBook(string Channel, Regex Code, FrozenDictionary<string, string> Meanings)
{
    internal string? Meaning(string code) =>
        Meanings.GetValueOrDefault(code) ?? (code.LastIndexOf('.') is var end and > 0 ? Meanings.GetValueOrDefault(code[..end]) : null);
}

/// <summary>Says the codes of all providers in words. What is kept with a message stays as the provider said it: this is for showing it.</summary>
public sealed class Reasons(IEnumerable<ReasonBook> books)
{
    private readonly ILookup<string, ReasonBook> books = books.ToLookup(b => b.Channel);

    /// <returns>Null where nothing was said.</returns>
    public MessageError? Of(string channel, string? said)
    {
        if (said is null)
            return null;
        foreach (var book in books[channel])
        {
            if (book.Code.Match(said) is { Success: true } found && found.Groups["code"].Value is var code)
                return new(book.Meaning(code) ?? said, code);
        }

        return new(said, null);
    }
}
