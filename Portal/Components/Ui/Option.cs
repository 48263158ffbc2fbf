using Portal.Core.Foundation;

namespace Portal.Components.Ui;

/// <summary>One of several to choose from.</summary>
public sealed record Option(string Value, string Text)
{
    /// <summary>Every value of an enum, in its order and its words.</summary>
    public static IReadOnlyList<Option> Of<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(Input.Name).Select(name => new Option(name, Statuses.Words(name)))];
}
