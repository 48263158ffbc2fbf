namespace Portal.Core.Foundation;

/// <summary>An enum's value as it stands in an address: in snake_case, and in capitals too. The framework by itself takes only the names in our code.</summary>
public readonly record struct Choice<TEnum>(TEnum Value)
    where TEnum : struct, Enum
{
    public static implicit operator Choice<TEnum>(TEnum value) => new(value);

#pragma warning disable CA1000 // The framework looks for it here.
    public static bool TryParse(string? text, out Choice<TEnum> choice)
#pragma warning restore CA1000
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (!string.Equals(Input.Name(value.ToString()), text, StringComparison.OrdinalIgnoreCase))
                continue;
            choice = new(value);
            return true;
        }

        choice = default;
        return false;
    }

    public override string ToString() => Input.Name(Value.ToString());
}
