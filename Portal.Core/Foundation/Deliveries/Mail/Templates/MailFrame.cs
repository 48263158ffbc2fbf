namespace Portal.Core.Foundation;

/// <summary>What stands around a mail: whose it is, why somebody gets it, and how they get no more of it.</summary>
/// <param name="Agency">The name in the head and in the foot.</param>
/// <param name="Address">The postal address in one line; empty when it is not known.</param>
/// <param name="Why">Why they get it.</param>
/// <param name="Language">Of the text.</param>
/// <param name="Preferences">Where one chooses what one hears.</param>
/// <param name="Unsubscribe">Where one says that no more of this kind is wanted.</param>
internal sealed record MailFrame(string Agency, string Address, string Why, string Language, Uri? Preferences, Uri? Unsubscribe)
{
    /// <summary>The links of the foot with their words.</summary>
    public IEnumerable<(string Words, Uri Address)> Links
    {
        get
        {
            if (Preferences is not null)
                yield return (MailTexts.Frame(Language, "preferences"), Preferences);
            if (Unsubscribe is not null)
                yield return (MailTexts.Frame(Language, "unsubscribe"), Unsubscribe);
        }
    }
}
