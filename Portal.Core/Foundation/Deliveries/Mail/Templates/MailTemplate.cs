namespace Portal.Core.Foundation;

/// <summary>What a mail is about: by it templates are sorted, and the foot of the mail says why somebody gets it.</summary>
public enum MailCategory
{
    SignIn,
    Security,
    Account,
    Payments,
    Tasks,
    Messages,
    Content,
    Courses,
    Performance,
    Digest,
}

/// <summary>A mail that the portal writes: when, and with which variables. Its words are the texts of a language, until an admin writes others.</summary>
public sealed record MailTemplate
{
    internal MailTemplate(string key, MailCategory category, params IReadOnlyList<TemplateVariable> variables) =>
        (Key, Category, Variables) = (key, category, [.. variables, .. MailVariables.Everywhere]);

    /// <summary>Its name in the database and on the wire.</summary>
    public string Key { get; }

    public MailCategory Category { get; }

    /// <summary>Its own, and those that every mail has.</summary>
    public IReadOnlyList<TemplateVariable> Variables { get; private init; }

    /// <summary>It goes where nobody has shown yet whose address it is: what a stranger typed as a name is not repeated there.</summary>
    public bool IsToUnknown
    {
        get;
        init => (field, Variables) = (value, value ? [.. Variables.Where(v => v.Name != MailVariables.Name.Name)] : Variables);
    }

    public MailTemplateText Text => MailTexts.Of(MailTexts.Standard, Key) ?? throw new InvalidOperationException($"There is no text for {Key}.");
}
