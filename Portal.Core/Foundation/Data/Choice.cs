namespace Portal.Core.Foundation;

/// <summary>One value of an enum as an address writes it: by its snake_case name, in any case. Bodies of requests need no such help.</summary>
public readonly record struct Choice<T>(T Value)
    where T : struct, Enum
{
    public static implicit operator Choice<T>(T value) => new(value);

    public static implicit operator T(Choice<T> choice) => choice.Value;

#pragma warning disable CA1000 // By this very method the framework reads a query.
    public static bool TryParse(string? text, out Choice<T> choice)
    {
        var found = Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => Input.Name(v.ToString()!).Equals(text, StringComparison.OrdinalIgnoreCase));
        choice = found ?? default(T);
        return found is not null;
    }
#pragma warning restore CA1000

    public override string ToString() => Input.Name(Value.ToString());
}
