namespace Portal.Components.Ui;

/// <summary>What a form was refused for, by the fields' snake_case names; cascaded to its fields.</summary>
public sealed class FieldErrors(string form, IReadOnlyDictionary<string, string[]>? errors = null)
{
    private readonly HashSet<string> shown = [];

    /// <summary>Sets the ids of one form's fields apart from another's.</summary>
    public string Form { get; } = form;

    public bool Any => errors is { Count: > 0 };

    /// <summary>Whether this field is where a person goes on: the first bad one, or where they begin when nothing is bad.</summary>
    public bool Focuses(string field, bool first = false) => Any ? errors!.Keys.First() == field : first;

    /// <summary>Messages that no field has shown: they belong above the form.</summary>
    public IEnumerable<string> Others => errors?.Where(e => !shown.Contains(e.Key)).SelectMany(e => e.Value) ?? [];

    public string? For(string field)
    {
        if (errors is null || !errors.TryGetValue(field, out var messages))
            return null;
        shown.Add(field);
        return string.Join(" ", messages);
    }
}
