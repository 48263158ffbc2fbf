using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>A new password that is more than the words whoever guesses here begins with, a row of keys, or a few letters again and again.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HardToGuessAttribute : ValidationAttribute
{
    private const int FewLetters = 4;
    private const int FewCharacters = 5;

    // docs/security.md tells of this list. The longer of two that begin alike comes first.
    private static readonly string[] Words =
    [
        "administrator", "admin", "agency", "agent", "client", "owner", "manager", "viewer", "portal", "marketing", "website", "courses",
        "passphrase", "password", "welcome", "letmein", "changeme", "secret", "signin", "login", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm",
    ];

    public HardToGuessAttribute() => ErrorMessage = "That is too easy to guess. A few words that do not belong together are good.";

    public override bool IsValid(object? value) => value is not string { Length: > 0 } password || !IsEasy(password.ToLowerInvariant());

    private static bool IsEasy(string password) => password.Distinct().Count() < FewCharacters || IsRow(password) || IsOurWords(password);

    /// <summary>Mostly the same character or its neighbour, as in 123456789012 or aaaabbbbcccc.</summary>
    private static bool IsRow(string password) => password.Zip(password.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) <= 1) * 4 >= (password.Length - 1) * 3;

    /// <summary>One of ours and hardly a letter besides.</summary>
    private static bool IsOurWords(string password)
    {
        var rest = Words.Aggregate(password, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < password.Length && rest.Where(char.IsLetter).Distinct().Count() < FewLetters;
    }
}
