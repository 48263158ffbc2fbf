using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>Addresses and numbers as they were given, checked one by one and each said by its place.</summary>
internal static partial class MessageAddresses
{
    public static List<string> Check(NewMessage message)
    {
        var isOne = message is SendMessage;
        var given = message is SendToMany many ? many.Recipients! : [((SendMessage)message).To!];
        var (errors, seen, all) = (new Dictionary<string, string[]>(), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new List<string>(given.Count));
        for (var i = 0; i < given.Count; i++)
        {
            var field = isOne ? "to" : $"recipients[{i}]";
            if (Normal(message.Channel, given[i]) is not { } address)
                errors[field] = [message.Channel is MessageChannel.Email ? "That is not an e-mail address." : "Write the number with its country code, like +263771234567."];
            else if (!seen.TryAdd(address, i))
                errors[field] = [$"This is the same as recipients[{seen[address]}]."];
            else
                all.Add(address);
        }

        return errors.Count == 0 ? all : throw new Invalid(errors);
    }

    private static string? Normal(MessageChannel channel, string? given)
    {
        var text = (given ?? "").Trim();
        if (channel is MessageChannel.Email)
            return text.Length <= 320 && !text.AsSpan().ContainsAny('\r', '\n') && MailRecipient.TryParse(text) is { } address && address.Domain.Contains('.', StringComparison.Ordinal) ? text : null;
        var number = Unneeded().Replace(text, "");
        number = number.StartsWith("00", StringComparison.Ordinal) ? number[2..] : number.TrimStart('+');
        return Digits().IsMatch(number) ? $"+{number}" : null;
    }

    [GeneratedRegex(@"[\s().-]")]
    private static partial Regex Unneeded();

    [GeneratedRegex("^[1-9][0-9]{6,14}$")]
    private static partial Regex Digits();
}
