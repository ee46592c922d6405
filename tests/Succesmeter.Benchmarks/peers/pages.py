"""The fields of a campaign's page by BeautifulSoup (over lxml) and by lxml alone."""
import lxml.html
from bs4 import BeautifulSoup

from peer import folder, serve


def prepared(name):
    with open(folder() + "page.html", "rb") as file:
        content = file.read()

    def soup():
        page = BeautifulSoup(content, "lxml")
        gifts = [{"id": item["id"], "at": item["data-at"], "amount": float(item["data-amount"]), "donor": item.get_text()} for item in page.select("li.gift")]
        return {
            "title": page.select_one("h1").get_text(),
            "pledged": float(page.select_one("[data-pledged]")["data-pledged"]),
            "goal": float(page.select_one("[data-goal]")["data-goal"]),
            "backers": int(page.select_one("[data-backers]")["data-backers"]),
            "launchedAt": page.select_one("time.from")["datetime"],
            "endsAt": page.select_one("time.to")["datetime"],
            "gifts": len(gifts),
            "amounts": sum(gift["amount"] for gift in gifts),
        }

    def bare():
        page = lxml.html.fromstring(content)
        gifts = [{"id": item.get("id"), "at": item.get("data-at"), "amount": float(item.get("data-amount")), "donor": item.text_content()} for item in page.xpath("//li[@class='gift']")]
        return {
            "title": page.xpath("//h1")[0].text_content(),
            "pledged": float(page.xpath("//*[@data-pledged]")[0].get("data-pledged")),
            "goal": float(page.xpath("//*[@data-goal]")[0].get("data-goal")),
            "backers": int(page.xpath("//*[@data-backers]")[0].get("data-backers")),
            "launchedAt": page.xpath("//time[@class='from']")[0].get("datetime"),
            "endsAt": page.xpath("//time[@class='to']")[0].get("datetime"),
            "gifts": len(gifts),
            "amounts": sum(gift["amount"] for gift in gifts),
        }

    return {"bs4": soup, "lxml": bare}[name]


serve(prepared)
