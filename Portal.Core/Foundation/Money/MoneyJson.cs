using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Core.Foundation;

/// <summary>{"amount":"36.40","currency":"USD"} on the wire, both ways.</summary>
public sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind is JsonValueKind.Object
            && document.RootElement.TryGetProperty("amount", out var amount)
            && document.RootElement.TryGetProperty("currency", out var currency)
            && currency.ValueKind is JsonValueKind.String
            && Currency.Find(currency.GetString()) is { } known)
        {
            return amount.ValueKind switch
            {
                JsonValueKind.String => Money.Parse(amount.GetString()!, known),
                JsonValueKind.Number when amount.TryGetDecimal(out var number) => Money.From(number, known),
                _ => throw new JsonException("The amount is a decimal in quotes."),
            };
        }

        throw new JsonException("Money is written {\"amount\":\"36.40\",\"currency\":\"USD\"}.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount", value.ToDecimalString());
        writer.WriteString("currency", value.Currency.Code);
        writer.WriteEndObject();
    }
}
