using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.PaypalBooks;

namespace Portal.Simulators;

/// <summary>Wallets that are kept for later charges.</summary>
internal static class PaypalVault
{
    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("POST", "v3/vault/setup-tokens", SetUpAsync),
        new("POST", "v3/vault/payment-tokens", KeepAsync),
        new("DELETE", "v3/vault/payment-tokens/{id}", ForgetAsync),
    ];

    public static SimulatedThing Keep(SimulatedWorld world)
    {
        var kept = Add(world, Kept, Id("", 17).ToLowerInvariant(), new()
        {
            ["status"] = "VAULTED",
            ["customer"] = new JsonObject { ["id"] = Id("", 10) },
            ["payment_source"] = new JsonObject { ["paypal"] = new JsonObject { ["email_address"] = "buyer@example.com" } },
        });
        Tell(world, "VAULT.PAYMENT-TOKEN.CREATED", "payment_token", kept, 0.3);
        return kept;
    }

    private static Task<SimulatedReply> SetUpAsync(SimulatedCall call)
    {
        var id = Id("", 17);
        var setup = Add(call.World, Setup, id, new()
        {
            ["status"] = "PAYER_ACTION_REQUIRED",
            ["customer"] = new JsonObject { ["id"] = Id("", 10) },
            ["payment_source"] = new JsonObject { ["paypal"] = new JsonObject() },
            ["links"] = Links(call.World, ("approve", $"approve/{id}"), ("self", $"v3/vault/setup-tokens/{id}")),
            ["_back"] = call.Body.Text("payment_source", "paypal", "experience_context", "return_url"),
            ["_cancel"] = call.Body.Text("payment_source", "paypal", "experience_context", "cancel_url"),
        });
        return Task.FromResult(Good(setup, StatusCodes.Status201Created));
    }

    private static async Task<SimulatedReply> KeepAsync(SimulatedCall call)
    {
        var setup = await GetAsync(call.World, Setup, call.Body.Text("payment_source", "token", "id"));
        if (setup.Data.Text("status") is not "APPROVED")
            throw Unprocessable("TOKEN_NOT_APPROVED", "The setup token is not approved by the payer.");
        setup.Data["status"] = "VAULTED";
        return Good(Keep(call.World), StatusCodes.Status201Created);
    }

    private static async Task<SimulatedReply> ForgetAsync(SimulatedCall call)
    {
        if (await call.World.FindAsync(Kept, call["id"]) is { } kept)
        {
            Tell(call.World, "VAULT.PAYMENT-TOKEN.DELETED", "payment_token", kept, 0.3);
            call.World.Remove(kept);
        }

        return new(StatusCodes.Status204NoContent);
    }
}
