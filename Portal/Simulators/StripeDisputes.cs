using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.StripeBooks;

namespace Portal.Simulators;

/// <summary>Money that goes back: refunds, and disputes. Evidence of winning_evidence wins, as with Stripe's own tests.</summary>
internal static class StripeDisputes
{
    private const double Verdict = 3;

    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("POST", "v1/refunds", RefundAsync),
        new("GET", "v1/refunds/{id}", async call => Good(await GetAsync(call.World, Refund, call["id"]))),
        new("GET", "v1/disputes", call => ListAsync(call, Dispute, null, "/v1/disputes", d => d.Data.Number("created") > (call.Query.Number("created", "gt") ?? 0))),
        new("GET", "v1/disputes/{id}", async call => Good(await GetAsync(call.World, Dispute, call["id"]))),
        new("POST", "v1/disputes/{id}", AnswerAsync),
        new("POST", "v1/disputes/{id}/close", AcceptAsync),
        new("GET", "v1/charges/{id}", async call => Good(await GetAsync(call.World, Charge, call["id"]))),
    ];

    public static readonly IReadOnlyList<SimulatedAct> Acts =
    [
        new("dispute", Charge, (world, charge) => Now(() => Open(world, charge, "fraudulent", 0))),
        new("win", Dispute, (world, dispute) => Now(() => End(world, dispute, "won", 0))),
        new("lose", Dispute, (world, dispute) => Now(() => End(world, dispute, "lost", 0))),
    ];

    /// <summary>Somebody says that they did not want to pay this.</summary>
    public static void Open(SimulatedWorld world, SimulatedThing charge, string reason, double late)
    {
        if (charge.Data.Flag("disputed") || charge.Data.Text("status") is not "succeeded")
            return;
        charge.Data["disputed"] = true;
        var dispute = Add(world, Dispute, "du_", charge.Data.Flag("livemode"), new()
        {
            ["amount"] = charge.Data.Number("amount"),
            ["currency"] = charge.Data.Text("currency"),
            ["charge"] = charge.Id,
            ["payment_intent"] = charge.Data.Text("payment_intent"),
            ["reason"] = reason,
            ["status"] = "needs_response",
            ["is_charge_refundable"] = false,
            ["balance_transactions"] = new JsonArray(),
            ["evidence"] = new JsonObject(),
            ["evidence_details"] = new JsonObject { ["due_by"] = world.Seconds + 7 * 86_400, ["has_evidence"] = false, ["past_due"] = false, ["submission_count"] = 0 },
            ["metadata"] = charge.Data.Inside("metadata"),
        }, charge.Id);
        Tell(world, "charge.dispute.created", dispute, late);
        Tell(world, "charge.dispute.funds_withdrawn", dispute, late + 0.5);
    }

    private static Task Now(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private static void End(SimulatedWorld world, SimulatedThing dispute, string verdict, double late)
    {
        dispute.Data["status"] = verdict;
        Tell(world, "charge.dispute.closed", dispute, late);
        if (verdict is "won")
            Tell(world, "charge.dispute.funds_reinstated", dispute, late + 0.5);
    }

    private static async Task<SimulatedReply> AnswerAsync(SimulatedCall call)
    {
        var (world, dispute) = (call.World, await GetAsync(call.World, Dispute, call["id"]));
        if (dispute.Data.Text("status") is not "needs_response")
            throw Refuse("dispute_closed", $"This dispute has a status of {dispute.Data.Text("status")}: evidence is no longer taken.");
        var evidence = call.Body.Inside("evidence");
        (dispute.Data["evidence"], dispute.Data["evidence_details"]!["has_evidence"]) = (evidence, evidence.Count > 0);
        if (!call.Body.Flag("submit"))
            return Good(dispute);
        dispute.Data["status"] = "under_review";
        dispute.Data["evidence_details"]!["submission_count"] = 1;
        Tell(world, "charge.dispute.updated", dispute, 0.3);
        var answer = new SimulatedReply(StatusCodes.Status200OK, dispute.Shown);
        if (evidence.Text("uncategorized_text") is "winning_evidence" or "losing_evidence")
            End(world, dispute, evidence.Text("uncategorized_text") is "winning_evidence" ? "won" : "lost", Verdict);
        return answer;
    }

    private static async Task<SimulatedReply> AcceptAsync(SimulatedCall call)
    {
        var dispute = await GetAsync(call.World, Dispute, call["id"]);
        if (dispute.Data.Text("status") is "won" or "lost")
            throw Refuse("dispute_closed", "This dispute is closed already.");
        End(call.World, dispute, "lost", 0.3);
        return Good(dispute);
    }

    private static async Task<SimulatedReply> RefundAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        var intent = await GetAsync(world, Intent, body.Text("payment_intent"), "payment_intent");
        if (intent.Data.Text("latest_charge") is not { } id || await world.FindAsync(Charge, id) is not { } charge || charge.Data.Text("status") is not "succeeded")
            throw Refuse("charge_not_succeeded", $"PaymentIntent {intent.Id} does not have a successful charge to refund.", "payment_intent");
        var left = charge.Data.Number("amount")!.Value - charge.Data.Number("amount_refunded")!.Value;
        var amount = body.Number("amount") ?? left;
        if (charge.Data.Flag("disputed"))
            throw Refuse("charge_disputed", $"Charge {charge.Id} has been charged back; cannot issue a refund.");
        if (left == 0)
            throw Refuse("charge_already_refunded", $"Charge {charge.Id} has already been refunded.");
        if (amount < 1 || amount > left)
            throw Refuse("amount_too_large", $"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", "amount");
        (charge.Data["amount_refunded"], charge.Data["refunded"]) = (charge.Data.Number("amount_refunded")!.Value + amount, amount == left);
        var refund = Add(world, Refund, "re_", intent.Data.Flag("livemode"), new()
        {
            ["amount"] = amount,
            ["currency"] = intent.Data.Text("currency"),
            ["charge"] = charge.Id,
            ["payment_intent"] = intent.Id,
            ["reason"] = body.Text("reason"),
            ["status"] = "succeeded",
            ["metadata"] = body.Inside("metadata"),
        }, intent.Id);
        Tell(world, "refund.created", refund, 0.3);
        Tell(world, "charge.refunded", charge, 0.3);
        return Good(refund);
    }
}
