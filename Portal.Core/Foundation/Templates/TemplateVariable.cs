namespace Portal.Core.Foundation;

/// <summary>What a value of a template is; by it the value is written in the reader's way.</summary>
public enum VariableKind
{
    Text,
    Number,
    Money,
    Day,

    /// <summary>An instant, written in the reader's zone.</summary>
    Moment,
    Url,
    List,
}

/// <summary>A place that a template may have, and what is filled in there.</summary>
/// <param name="Name">As it stands between the braces.</param>
/// <param name="Kind">What it is.</param>
/// <param name="About">What it says, for whoever edits the template.</param>
/// <param name="Sample">To show the template by.</param>
public sealed record TemplateVariable(string Name, VariableKind Kind, string About, object Sample)
{
    /// <summary>It may be missing; then the template's default stands there, or nothing.</summary>
    public bool IsOptional { get; init; }

    /// <summary>An address outside the portal.</summary>
    public bool LeadsElsewhere { get; init; }

    /// <summary>It opens a door, so it stands in no subject: that is listed, searched and kept when the rest is forgotten.</summary>
    public bool IsSecret { get; init; }

    public bool Takes(object value) => Kind switch
    {
        VariableKind.Text => value is string,
        VariableKind.Number => value is int or long or decimal,
        VariableKind.Money => value is Money,
        VariableKind.Day => value is DateOnly,
        VariableKind.Moment => value is DateTime { Kind: DateTimeKind.Utc },
        VariableKind.Url => value is string,
        _ => value is IReadOnlyList<TemplateItem>,
    };
}

/// <summary>One of a list: what it is, more about it, where it is and when it happened.</summary>
public sealed record TemplateItem(string Title, string? Text, string? Link, DateTime? When);
