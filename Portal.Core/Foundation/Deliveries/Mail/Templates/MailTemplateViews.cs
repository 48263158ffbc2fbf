namespace Portal.Core.Foundation;

/// <summary>A template in the list: English, unless another language was changed later.</summary>
public sealed record MailTemplateLine(string Key, string Name, string About, MailCategory Category, bool IsChanged, string Subject, string? EditedBy, DateTime? EditedAt);

/// <summary>A template to edit, in one language.</summary>
/// <param name="Version">To send back with a change; 0 while nobody has changed it.</param>
/// <param name="HasOwnText">Whether there are words in this language; otherwise English is shown and sent.</param>
/// <param name="Problems">Why the words that were saved are not sent: an earlier version of the portal had other variables.</param>
public sealed record MailTemplateView(
    string Key, string Name, string About, MailCategory Category, string Language, bool IsChanged, bool HasOwnText, string Subject, string Body, int Version,
    string? EditedBy, DateTime? EditedAt, IReadOnlyList<MailVariableView> Variables, IReadOnlyList<TemplateProblem> Problems);

/// <param name="Sample">As it is written in a mail.</param>
public sealed record MailVariableView(string Name, VariableKind Kind, string About, string Sample, bool IsOptional);

/// <summary>A change of a template.</summary>
public sealed record MailTemplateChange(int Number, MailTemplateEditKind Kind, string Subject, string Body, string EditedBy, DateTime EditedAt);

/// <summary>How a text would be mailed; without it where something is wrong.</summary>
public sealed record MailPreview(string? Subject, string? Text, string? Html, IReadOnlyList<TemplateProblem> Problems);

/// <summary>Where a test goes.</summary>
public sealed record MailTemplateTrial(string Recipient);
