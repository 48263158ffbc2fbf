using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

/// <summary>What providers really send can be read.</summary>
public class PayloadTests
{
    public static TheoryData<string> Stripe => Names("stripe");

    public static TheoryData<string> Paypal => Names("paypal");

    public static TheoryData<string> Namecheap => Names("namecheap");

    [Theory]
    [MemberData(nameof(Stripe))]
    public void Of_Stripe(string name)
    {
        var sample = PaymentClientTests.Payload("stripe", name);
        var item = sample["object"]?.GetValue<string>() is "event" or null ? sample["data"]?["object"] ?? sample : sample;
        var read = item["object"]?.GetValue<string>() switch
        {
            "payment_intent" => (object?)item.Deserialize(StripeJson.Default.StripePayment),
            "checkout.session" => item.Deserialize(StripeJson.Default.StripeCheckout),
            "subscription" => item.Deserialize(StripeJson.Default.StripeSubscription),
            "invoice" => item.Deserialize(StripeJson.Default.StripeInvoice),
            "dispute" => item.Deserialize(StripeJson.Default.StripeDispute),
            "customer" => item.Deserialize(StripeJson.Default.StripeCustomer),
            _ => item,
        };
        Assert.NotNull(read);
        if (read is StripeSubscription subscription && name.StartsWith("customer.subscription", StringComparison.Ordinal))
            Assert.NotNull(subscription.PaidUntil);
        if (read is StripePayment payment)
            Assert.Equal(payment.Amount, StripeMoney.Of(payment.Total));
    }

    [Theory]
    [MemberData(nameof(Paypal))]
    public void Of_PayPal(string name)
    {
        var resource = PaymentClientTests.Payload("paypal", name)["resource"]!;
        if (name.StartsWith("PAYMENT.CAPTURE.REFUNDED", StringComparison.Ordinal))
            Assert.NotNull(resource.Deserialize(PaypalJson.Default.PaypalRefund)!.Amount!.ToMoney().Currency);
        else if (name.StartsWith("PAYMENT.CAPTURE", StringComparison.Ordinal))
            Assert.NotEmpty(resource.Deserialize(PaypalJson.Default.PaypalCapture)!.Status);
        else if (name.StartsWith("BILLING.SUBSCRIPTION", StringComparison.Ordinal))
            Assert.NotEmpty(resource.Deserialize(PaypalJson.Default.PaypalSubscription)!.Id);
        else if (name.StartsWith("CHECKOUT.ORDER", StringComparison.Ordinal))
            Assert.NotEmpty(resource.Deserialize(PaypalJson.Default.PaypalOrder)!.Id);
        else
            Assert.NotNull(resource);
    }

    [Theory]
    [MemberData(nameof(Namecheap))]
    public void Of_Namecheap(string name)
    {
        var body = File.ReadAllBytes(Path.Combine(ApiDescription.Folder, "Payloads", "namecheap", name));
        var account = new ProviderAccount(Provider.Namecheap, true, new("https://api.sandbox.namecheap.com"), "key", null, null, new(new JsonObject()), AccountSource.Environment, null);
        using var message = new HttpResponseMessage();
        XElement Read() => NamecheapXml.Read(account, new(200, body, message.Headers), "http://api.namecheap.com/xml.response");
        if (name.Contains(".error", StringComparison.Ordinal))
            Assert.NotEmpty(Assert.Throws<ProviderRefused>(Read).ProviderCode!);
        else
            Assert.Equal("CommandResponse", Read().Name.LocalName);
    }

    private static TheoryData<string> Names(string provider) => [.. Directory.EnumerateFiles(Path.Combine(ApiDescription.Folder, "Payloads", provider)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
